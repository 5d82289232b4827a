//! The files that people write, read once for all checks.

use std::path::Path;

use anyhow::{Context, Result};

/// Endings of the files that are read.
const ENDINGS: &[&str] = &["css", "html", "js", "md", "py", "rs", "ts"];

/// Folders of what machines make.
const SKIPPED: &[&str] = &[
    ".git",
    ".mantik",
    ".venv",
    "__pycache__",
    "dist",
    "node_modules",
    "playwright-report",
    "target",
    "test-results",
];

/// A text file of the workspace.
pub(super) struct Source {
    /// From the root, with `/`.
    pub path: String,
    /// All of it.
    pub text: String,
}

impl Source {
    /// Whether the path has this ending, without the dot.
    pub(super) fn is(&self, ending: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, found)| found == ending)
    }

    /// Whether it is code of the console, the server or the models, and not of their tests.
    pub(super) fn is_product_code(&self) -> bool {
        let in_product =
            self.path.starts_with("src/") || self.path.starts_with("crates/") && self.path.contains("/src/");
        let is_test = self.path.ends_with("/tests.rs") || self.path.contains("/tests/");
        self.is("rs") && in_product && !is_test
    }
}

/// All files below a folder, in the order of their paths.
pub(super) fn read_all(root: &Path) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    collect(root, root, &mut sources)?;
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(sources)
}

fn collect(root: &Path, folder: &Path, sources: &mut Vec<Source>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if entry.file_type()?.is_dir() {
            if !SKIPPED.contains(&name.as_ref()) {
                collect(root, &path, sources)?;
            }
        } else if name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending)) {
            let text =
                std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let path = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
            sources.push(Source { path, text });
        }
    }
    Ok(())
}

#[cfg(test)]
pub(super) fn source(path: &str, text: &str) -> Source {
    Source { path: path.to_owned(), text: text.to_owned() }
}
