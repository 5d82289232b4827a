//! How a file is shown, by the end of its name. Pure.

/// How a file is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Lines.
    Text,
    /// A tree.
    Json,
    /// A table.
    Table,
    /// A document.
    Markdown,
    /// A picture.
    Picture,
    /// What a browser would run: only as lines, and only when somebody asks.
    Active(&'static str),
    /// What holds neither text nor a picture.
    Binary,
    /// Nothing is known: as lines, if it holds any.
    Unknown,
}

/// The ends of names, in small letters, and what files so named are.
const ENDS: [(&[&str], Kind); 12] = [
    (&["txt", "log", "out", "err", "py", "r", "jl", "sh", "sql", "c", "cpp", "h", "rs", "tex"], Kind::Text),
    (&["yaml", "yml", "toml", "ini", "cfg", "conf", "jsonl", "ndjson", "lock"], Kind::Text),
    (&["json", "geojson"], Kind::Json),
    (&["csv", "tsv"], Kind::Table),
    (&["md", "markdown"], Kind::Markdown),
    (&["png", "jpg", "jpeg", "gif", "webp"], Kind::Picture),
    (&["html", "htm", "xhtml", "mht", "js", "mjs", "xml"], Kind::Active("A page or a script")),
    (&["svg"], Kind::Active("An SVG drawing")),
    (&["ipynb"], Kind::Active("A notebook")),
    (
        &["pdf", "zip", "gz", "tgz", "tar", "bz2", "xz", "7z", "whl", "mp4", "wav", "ttf", "woff2"],
        Kind::Binary,
    ),
    (&["pkl", "pickle", "joblib", "npy", "npz", "h5", "hdf5", "nc", "parquet", "feather"], Kind::Binary),
    (&["pt", "pth", "ckpt", "onnx", "safetensors", "bin", "keras", "pb", "so", "pyc"], Kind::Binary),
];

impl Kind {
    /// How the file at this path is shown.
    pub(super) fn of(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let end = name.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase();
        ENDS.iter().find(|(ends, _)| ends.contains(&end.as_str())).map_or(Self::Unknown, |(_, kind)| *kind)
    }

    /// What the other way of looking at it is called, where it can be shown as lines too.
    pub(super) fn title(self) -> Option<&'static str> {
        match self {
            Self::Json => Some("Tree"),
            Self::Table => Some("Table"),
            Self::Markdown => Some("Document"),
            Self::Text | Self::Picture | Self::Active(_) | Self::Binary | Self::Unknown => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_shown_by_the_end_of_its_name() {
        for (path, kind) in [
            ("eval/scores.CSV", Kind::Table),
            ("model/MLmodel", Kind::Unknown),
            ("a.b/README.md", Kind::Markdown),
            ("plots/loss.webp", Kind::Picture),
            ("model/model.pkl", Kind::Binary),
            ("config.yaml", Kind::Text),
            ("metrics.json", Kind::Json),
        ] {
            assert_eq!(Kind::of(path), kind, "{path}");
        }
    }

    #[test]
    fn what_a_browser_would_run_is_never_a_picture_or_a_document() {
        for path in ["report.html", "x.HTM", "plot.svg", "run.js", "a.xhtml", "analysis.ipynb", "feed.xml"] {
            assert!(matches!(Kind::of(path), Kind::Active(_)), "{path}");
        }
        assert_eq!(Kind::of("paper.pdf"), Kind::Binary);
    }
}
