//! What the parts of the page of a log have in common.

use leptos::prelude::*;
use models::run::LogLinesQuery;

use crate::queries::logs::Log;

/// How a log is read now. A handle: copy it freely.
#[derive(Clone, Copy)]
pub struct Reading {
    /// Which log it is.
    pub of: Log,
    /// How many lines the log has.
    pub total: Memo<u64>,
    /// The levels that are shown, as the server reads them; all when it is empty.
    pub levels: RwSignal<String>,
    /// What is searched for.
    pub wanted: RwSignal<String>,
    /// The line that is marked: linked to, or found last.
    pub marked: RwSignal<Option<u64>>,
    /// The line that is still to be brought into view.
    pub target: RwSignal<Option<u64>>,
    /// Whether the end stays in view as lines come.
    pub follow: RwSignal<bool>,
    /// The first line in view.
    pub first_seen: RwSignal<u64>,
}

impl Reading {
    /// A log of so many lines, of which the end stays in view.
    #[must_use]
    pub fn of(of: Log, total: Memo<u64>) -> Self {
        Self {
            of,
            total,
            levels: RwSignal::new(String::new()),
            wanted: RwSignal::new(String::new()),
            marked: RwSignal::new(None),
            target: RwSignal::new(None),
            follow: RwSignal::new(true),
            first_seen: RwSignal::new(1),
        }
    }

    /// Marks a line and brings it into view.
    pub fn go_to(self, line: u64) {
        self.follow.set(false);
        self.marked.set(Some(line));
        self.target.set(Some(line));
    }

    /// The levels as a query names them.
    #[must_use]
    pub fn level_names(self) -> Option<String> {
        Some(self.levels.get()).filter(|levels| !levels.is_empty())
    }

    /// A question for lines of the log.
    #[must_use]
    pub fn ask(self, query: LogLinesQuery) -> Option<(Log, LogLinesQuery)> {
        Some((self.of, query))
    }
}

/// The line that the part of an address behind `#` names: `#L120`.
#[must_use]
pub fn line_in(hash: &str) -> Option<u64> {
    let number = hash.trim_start_matches('#').strip_prefix('L')?.parse().ok()?;
    (number > 0).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::line_in;

    #[test]
    fn an_address_names_a_line() {
        assert_eq!(line_in("#L120"), Some(120));
        assert_eq!(line_in("L7"), Some(7));
        for hash in ["", "#", "#120", "#L0", "#L-1", "#Lx"] {
            assert_eq!(line_in(hash), None, "{hash}");
        }
    }
}
