//! A broken rule, and where.

use std::fmt;

/// What is wrong at a line of a file, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Finding {
    /// From the root of the workspace.
    pub path: String,
    /// From 1.
    pub line: usize,
    /// A sentence or two.
    pub message: String,
}

impl Finding {
    pub(super) fn new(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, message: message.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, line, message } = self;
        write!(formatter, "{path}:{line}: {message}")
    }
}
