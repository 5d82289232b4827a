//! No file grows past what a person can hold in mind.

use super::finding::Finding;
use super::source::Source;

const MOST_LINES: usize = 400;

pub(super) fn check(source: &Source) -> Vec<Finding> {
    let is_code = ["css", "js", "py", "rs", "ts"].iter().any(|ending| source.is(ending));
    let lines = source.text.lines().count();
    if !is_code || lines <= MOST_LINES {
        return Vec::new();
    }
    let message = format!("{lines} lines. Split the file by what it holds; {MOST_LINES} lines are the most.");
    vec![Finding::new(&source.path, lines, message)]
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::source::source;

    #[test]
    fn a_file_of_401_lines_is_too_long() {
        assert!(check(&source("src/a.rs", &"\n".repeat(400))).is_empty());
        assert_eq!(check(&source("src/a.rs", &"\n".repeat(401))).len(), 1);
    }

    #[test]
    fn a_document_may_be_long() {
        assert!(check(&source("README.md", &"\n".repeat(1000))).is_empty());
    }
}
