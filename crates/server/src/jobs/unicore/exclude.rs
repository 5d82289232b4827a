//! Which files of the code stay behind, as `Exclude` says.

use super::glob::Glob;

/// What stays behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Exclude {
    patterns: Vec<Pattern>,
    /// The folder of the MLproject file with a slash behind it; empty for the root.
    folder: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Pattern {
    glob: Glob,
    /// Whether it is about the name alone, in whatever folder.
    is_name: bool,
    /// Whether it is about folders alone.
    is_folder: bool,
}

impl Exclude {
    /// Patterns begin at the folder of the MLproject file, or at the root of the code.
    pub(super) fn new(patterns: &[String], folder: &str) -> Self {
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let pattern = |text: &String| {
            let text = text.trim().trim_start_matches("./");
            let name = text.trim_end_matches('/').trim_start_matches('/');
            let is_name = !text.trim_end_matches('/').contains('/');
            Pattern { glob: Glob::new(name), is_name, is_folder: text.ends_with('/') }
        };
        let is_written = |text: &&String| !text.trim().trim_matches('/').is_empty();
        Self { patterns: patterns.iter().filter(is_written).map(pattern).collect(), folder }
    }

    /// Whether a file or folder stays behind, which is named from the root of the code.
    pub(super) fn is_left_out(&self, path: &str, is_folder: bool) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        let from_folder = path.strip_prefix(&self.folder).unwrap_or(path);
        self.patterns.iter().filter(|pattern| is_folder || !pattern.is_folder).any(|pattern| {
            match pattern.is_name {
                true => pattern.glob.fits(name),
                false => pattern.glob.fits(from_folder) || pattern.glob.fits(path),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Exclude;

    #[test]
    fn what_is_named_stays_behind() {
        let patterns = ["*.csv", "plots/", "data/raw/*", "/top.txt"].map(str::to_owned);
        let exclude = Exclude::new(&patterns, "wine");
        for (path, is_folder, expected) in [
            ("a.csv", false, true),
            ("wine/deep/a.csv", false, true),
            ("wine/plots", true, true),
            ("wine/plots", false, false),
            ("wine/data/raw/a", false, true),
            ("data/raw/a", false, true),
            ("other/data/raw/a", false, false),
            ("top.txt", false, true),
            ("wine/train.py", false, false),
        ] {
            assert_eq!(exclude.is_left_out(path, is_folder), expected, "{path}");
        }
        assert!(!Exclude::new(&[String::new(), "/".to_owned()], "").is_left_out("a", true));
    }
}
