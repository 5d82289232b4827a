//! Reads and writes what stands behind the `#` of the address: the run that is looked at beside the table. Pure.

use models::id::{ProjectId, RunId};
use models::run_table::TableScope;

/// How it begins.
const RUN: &str = "run=";

/// The run that a fragment names. Where the table is not that of one project, it names the project too.
pub(super) fn read(fragment: &str, scope: TableScope) -> Option<(ProjectId, RunId)> {
    let named = fragment.trim_start_matches('#').strip_prefix(RUN)?;
    match (scope.project(), named.split_once('/')) {
        (Some(project), None) => Some((project, named.parse().ok()?)),
        (None, Some((project, run))) => Some((project.parse().ok()?, run.parse().ok()?)),
        (Some(_), Some(_)) | (None, None) => None,
    }
}

/// The fragment that names a run; nothing for none.
pub(super) fn of(run: Option<(ProjectId, RunId)>, scope: TableScope) -> String {
    match (run, scope.project()) {
        (None, _) => String::new(),
        (Some((_, run)), Some(_)) => format!("#{RUN}{run}"),
        (Some((project, run)), None) => format!("#{RUN}{project}/{run}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn what_is_written_can_be_read() {
        let (project, run) = (ProjectId(Uuid::from_u128(1)), RunId(Uuid::from_u128(2)));
        for scope in [TableScope::Project(project), TableScope::Visible] {
            assert_eq!(read(&of(Some((project, run)), scope), scope), Some((project, run)));
            assert_eq!(read(&of(None, scope), scope), None);
            assert_eq!(read("#run=x", scope), None);
        }
    }
}
