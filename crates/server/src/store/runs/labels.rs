//! The labels of many runs.

use models::{
    id::{LabelId, ProjectId},
    label::LabelReference,
    run::BulkRunOutcome,
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

use super::RunRecord;
use crate::store::{Connection, Sql, StoreError, Value, object_labels};

/// How many rows are written by one statement: each has three values, of which no database takes more than some ten
/// thousands.
const ROWS: usize = 5_000;

/// Gives runs labels; returns those that had not all of them.
pub(super) async fn add(
    connection: &mut Connection,
    project: ProjectId,
    runs: Vec<RunRecord>,
    names: &[LabelReference],
    outcome: &mut BulkRunOutcome,
) -> Result<Vec<RunRecord>, StoreError> {
    let mut wanted = Vec::with_capacity(names.len());
    for name in names {
        wanted.push(object_labels::made(connection, name).await?);
    }
    let had = kept(connection, &runs).await?;
    let (mut changed, mut rows) = (Vec::new(), Vec::new());
    for run in runs {
        let own = had.get(&run.id.0);
        let missing: HashSet<LabelId> =
            wanted.iter().copied().filter(|label| own.is_none_or(|own| !own.contains(label))).collect();
        if missing.is_empty() {
            outcome.unchanged += 1;
        } else if own.map_or(0, HashSet::len) + missing.len() > LabelReference::MAX_PER_OBJECT {
            outcome.refuse(run.id, &run.name, "A run can have at most 100 labels.");
        } else {
            rows.extend(missing.into_iter().map(|label| [run.id.0.into(), label.into(), project.into()]));
            changed.push(run);
        }
    }
    for rows in rows.chunks(ROWS) {
        let mut sql = Sql::new("INSERT INTO object_labels (object_id, label_id, project_id) VALUES ");
        sql.push_rows(rows.iter().cloned()).push(" ON CONFLICT DO NOTHING");
        connection.execute(sql).await?;
    }
    Ok(changed)
}

/// Takes labels from runs; returns those that had one of them.
pub(super) async fn remove(
    connection: &mut Connection,
    runs: Vec<RunRecord>,
    names: &[LabelReference],
    outcome: &mut BulkRunOutcome,
) -> Result<Vec<RunRecord>, StoreError> {
    let mut unwanted = Vec::with_capacity(names.len());
    for name in names {
        unwanted.extend(object_labels::found(connection, name).await?);
    }
    let had = kept(connection, &runs).await?;
    let n_all = runs.len();
    let has = |run: &RunRecord| {
        had.get(&run.id.0).is_some_and(|own| unwanted.iter().any(|label| own.contains(label)))
    };
    let runs: Vec<RunRecord> = runs.into_iter().filter(has).collect();
    outcome.unchanged = u64::try_from(n_all - runs.len()).unwrap_or(u64::MAX);
    if !runs.is_empty() {
        let mut sql = Sql::new("DELETE FROM object_labels WHERE object_id IN (");
        sql.push_list(runs.iter().map(|run| run.id.0)).push(") AND label_id IN (");
        sql.push_list(unwanted).push(")");
        connection.execute(sql).await?;
    }
    Ok(runs)
}

/// The labels that each of the runs has.
async fn kept(
    connection: &mut Connection,
    runs: &[RunRecord],
) -> Result<HashMap<Uuid, HashSet<LabelId>>, StoreError> {
    let mut kept = HashMap::<Uuid, HashSet<LabelId>>::new();
    if runs.is_empty() {
        return Ok(kept);
    }
    let mut sql = Sql::new("SELECT object_id, label_id FROM object_labels WHERE object_id IN (");
    sql.push_list(runs.iter().map(|run| Value::from(run.id.0))).push(")");
    for row in connection.fetch_all(sql).await? {
        kept.entry(row.get("object_id")?).or_default().insert(row.get("label_id")?);
    }
    Ok(kept)
}
