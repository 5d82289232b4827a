//! The paths that the documents name exist.

use super::finding::Finding;
use super::source::Source;

const DOCUMENTS: &[&str] = &["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"];
const ENDINGS: &[&str] = &[".rs", ".md", ".css", ".ts", ".toml", ".js", ".py", ".sql", ".json"];
const FOLDERS: &[&str] =
    &[".cargo", ".ci", "crates", "docs", "examples", "public", "src", "style", "tests", "xtask"];

pub(super) fn check(sources: &[Source], exists: impl Fn(&str) -> bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in sources.iter().filter(|source| DOCUMENTS.contains(&source.path.as_str())) {
        for (index, line) in document.text.lines().enumerate() {
            // Every second piece stands between backticks.
            for quoted in line.split('`').skip(1).step_by(2) {
                if is_path(quoted) && !exists(quoted) {
                    let message = format!("There is no `{quoted}`. Name the path as it is now.");
                    findings.push(Finding::new(&document.path, index + 1, message));
                }
            }
        }
    }
    findings
}

fn is_path(text: &str) -> bool {
    let is_plain = text.chars().all(|next| next.is_ascii_alphanumeric() || "/._-".contains(next));
    let Some((first, _)) = text.split_once('/') else { return false };
    is_plain && (ENDINGS.iter().any(|ending| text.ends_with(ending)) || FOLDERS.contains(&first))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::source::source;

    fn lines(text: &str) -> Vec<usize> {
        let findings = check(&[source("README.md", text)], |path| path == "src/app.rs");
        findings.into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn a_path_that_is_gone_is_found() {
        assert_eq!(lines("`src/app.rs` and\n`src/gone.rs`, `style/ui`, `other/file.toml`"), [2, 2, 2]);
    }

    #[test]
    fn what_is_not_a_path_is_left_alone() {
        assert!(
            lines("`GET /runs/{id}`, `a/b`, `app.rs`, `src/**/*.rs`, src/gone.rs, `cargo xtask test`")
                .is_empty()
        );
    }

    #[test]
    fn other_documents_are_not_read() {
        assert!(check(&[source("docs/a.md", "`src/gone.rs`")], |_| false).is_empty());
    }
}
