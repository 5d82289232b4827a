//! What the parts of the page of a log have in common.

use leptos::prelude::*;
use models::id::{ProjectId, RunId};
use models::run::LogLinesQuery;

/// How a log is read now. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    pub(super) project: ProjectId,
    pub(super) run: RunId,
    /// How many lines the log has.
    pub(super) total: Memo<u64>,
    /// The levels that are shown, as the server reads them; all when it is empty.
    pub(super) levels: RwSignal<String>,
    /// What is searched for.
    pub(super) wanted: RwSignal<String>,
    /// The line that is marked: linked to, or found last.
    pub(super) marked: RwSignal<Option<u64>>,
    /// The line that is still to be brought into view.
    pub(super) target: RwSignal<Option<u64>>,
    /// Whether the end stays in view as lines come.
    pub(super) follow: RwSignal<bool>,
    /// The first line in view.
    pub(super) first_seen: RwSignal<u64>,
}

impl Reading {
    /// Marks a line and brings it into view.
    pub(super) fn go_to(self, line: u64) {
        self.follow.set(false);
        self.marked.set(Some(line));
        self.target.set(Some(line));
    }

    /// The levels as a query names them.
    pub(super) fn level_names(self) -> Option<String> {
        Some(self.levels.get()).filter(|levels| !levels.is_empty())
    }

    /// A question for lines of the log.
    pub(super) fn ask(self, query: LogLinesQuery) -> Option<(ProjectId, RunId, LogLinesQuery)> {
        Some((self.project, self.run, query))
    }
}

/// The line that the part of an address behind `#` names: `#L120`.
pub(super) fn line_in(hash: &str) -> Option<u64> {
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
