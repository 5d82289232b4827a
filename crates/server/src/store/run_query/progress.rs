//! How far the runs of a page have come.

use models::{progress::Progress, run::RunStatus, time::UnixMillis};
use std::collections::{BTreeSet, HashMap};

use super::columns::BaseRow;
use crate::store::{Connection, Sql, StoreError};

/// What each of these runs says that is running; empty when none says anything.
pub(super) async fn of_running(
    connection: &mut Connection,
    rows: &[BaseRow],
) -> Result<Vec<Option<Progress>>, StoreError> {
    let running: Vec<&BaseRow> = rows.iter().filter(|row| row.status == RunStatus::Running).collect();
    if running.is_empty() {
        return Ok(Vec::new());
    }
    let projects: BTreeSet<_> = running.iter().map(|row| row.project).collect();
    // SQLite keeps the order of a CROSS JOIN: first the number of the name, then the value of each run.
    let mut sql = Sql::new(
        "SELECT m.run_number, m.value, m.recorded_at FROM run_keys k CROSS JOIN run_metrics m \
         WHERE m.key_id = k.key_id AND k.family = 'metric' AND k.key = $1 AND k.project_id IN (",
    )
    .with(Progress::METRIC);
    sql.push_list(projects).push(") AND m.run_number IN (");
    sql.push_list(running.iter().map(|row| row.number)).push(")");
    let mut said = HashMap::<i64, (f64, UnixMillis)>::new();
    for row in connection.fetch_all(sql).await? {
        if let Some(value) = row.get("value")? {
            said.insert(row.get("run_number")?, (value, row.get("recorded_at")?));
        }
    }
    if said.is_empty() {
        return Ok(Vec::new());
    }
    let progress = |row: &BaseRow| {
        let (value, logged_at) = said.get(&row.number)?;
        Progress::of(*value, *logged_at, row.start_time)
    };
    Ok(rows.iter().map(progress).collect())
}
