//! The labels of runs, of one or of many.

use models::{
    id::{LabelId, ProjectId, RunId},
    label::LabelReference,
    run::{BulkRunOutcome, LabelChange, RunSelection},
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use uuid::Uuid;

use super::{RunRecord, change};
use crate::store::{Connection, Sql, StoreError, Value, object_labels};

/// How many rows are written by one statement: each has three values, of which no database takes more than some ten
/// thousands.
const ROWS: usize = 5_000;

/// Gives a run these labels and no others.
pub(super) async fn set(
    connection: &mut Connection,
    run: &RunRecord,
    names: &[LabelReference],
) -> Result<(), StoreError> {
    object_labels::set(connection, run.project_id, run.id.0, names).await?;
    change::touch(connection, run).await
}

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
    let (mut changed, mut rows, mut moved) = (Vec::new(), Vec::new(), Moved::new());
    for run in runs {
        let own = had.get(&run.id.0);
        let missing: HashSet<LabelId> =
            wanted.iter().copied().filter(|label| own.is_none_or(|own| !own.contains(label))).collect();
        if missing.is_empty() {
            outcome.unchanged += 1;
        } else if own.map_or(0, HashSet::len) + missing.len() > LabelReference::MAX_PER_OBJECT {
            outcome.refuse(run.id, &run.name, "A run can have at most 100 labels.");
        } else {
            for label in missing {
                rows.push([run.id.0.into(), label.into(), project.into()]);
                moved.entry(label).or_default().push(run.id);
            }
            changed.push(run);
        }
    }
    for rows in rows.chunks(ROWS) {
        let mut sql = Sql::new("INSERT INTO object_labels (object_id, label_id, project_id) VALUES ");
        sql.push_rows(rows.iter().cloned()).push(" ON CONFLICT DO NOTHING");
        connection.execute(sql).await?;
    }
    outcome.changed_labels = told(moved);
    Ok(changed)
}

/// Takes labels from runs; returns those that had one of them.
pub(super) async fn remove(
    connection: &mut Connection,
    runs: Vec<RunRecord>,
    names: &[LabelReference],
    outcome: &mut BulkRunOutcome,
) -> Result<Vec<RunRecord>, StoreError> {
    let mut unwanted = BTreeSet::new();
    for name in names {
        unwanted.extend(object_labels::found(connection, name).await?);
    }
    let had = kept(connection, &runs).await?;
    let n_all = runs.len();
    let mut moved = Moved::new();
    let mut loses = |run: &RunRecord| {
        let own = had.get(&run.id.0);
        let lost = unwanted.iter().filter(|label| own.is_some_and(|own| own.contains(label)));
        lost.map(|label| moved.entry(*label).or_default().push(run.id)).count() > 0
    };
    let runs: Vec<RunRecord> = runs.into_iter().filter(|run| loses(run)).collect();
    outcome.changed_labels = told(moved);
    outcome.unchanged = u64::try_from(n_all - runs.len()).unwrap_or(u64::MAX);
    if !runs.is_empty() {
        let mut sql = Sql::new("DELETE FROM object_labels WHERE object_id IN (");
        sql.push_list(runs.iter().map(|run| run.id.0)).push(") AND label_id IN (");
        sql.push_list(unwanted).push(")");
        connection.execute(sql).await?;
    }
    Ok(runs)
}

/// The runs that got or lost each label.
type Moved = BTreeMap<LabelId, Vec<RunId>>;

/// Which labels were moved, unless they are too many to be told.
fn told(moved: Moved) -> Vec<LabelChange> {
    if moved.values().map(Vec::len).sum::<usize>() > RunSelection::MAX_RUNS {
        return Vec::new();
    }
    moved.into_iter().map(|(label_id, run_ids)| LabelChange { label_id, run_ids }).collect()
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
