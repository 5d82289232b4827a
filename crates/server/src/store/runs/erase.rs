//! Deletes runs for good, with all that they have logged.

use models::{experiment::LifecycleStage, run::BulkRunOutcome};
use std::collections::BTreeMap;
use uuid::Uuid;

use super::RunRecord;
use crate::store::{Connection, Sql, StoreError, run_counts, run_keys};

/// Deletes the runs that are in the bin; the others are refused.
pub(super) async fn runs(
    connection: &mut Connection,
    runs: Vec<RunRecord>,
    outcome: &mut BulkRunOutcome,
) -> Result<Vec<RunRecord>, StoreError> {
    let (runs, active): (Vec<_>, Vec<_>) =
        runs.into_iter().partition(|run| run.lifecycle_stage == LifecycleStage::Deleted);
    for run in active {
        outcome.refuse(run.id, &run.name, "Only runs in the bin can be deleted for good; archive it first.");
    }
    if runs.is_empty() {
        return Ok(runs);
    }
    let numbers: Vec<i64> = runs.iter().map(|run| run.number).collect();
    uncount_keys(connection, &numbers).await?;
    run_counts::add_all(connection, runs.iter().map(|run| (run.place(), -1))).await?;
    forget_owned(connection, runs.iter().map(|run| run.id.0).collect()).await?;
    let mut sql = Sql::new("DELETE FROM runs WHERE run_number IN (");
    sql.push_list(numbers).push(")");
    connection.execute(sql).await?;
    Ok(runs)
}

/// Counts the runs at the names of what they have logged no more.
async fn uncount_keys(connection: &mut Connection, numbers: &[i64]) -> Result<(), StoreError> {
    let mut counts = BTreeMap::<i64, i64>::new();
    for select in [
        "SELECT key_id, COUNT(*) AS n FROM run_metrics WHERE run_number IN (",
        "SELECT key_id, COUNT(*) AS n FROM run_parameters WHERE run_number IN (",
        "SELECT key_id, COUNT(*) AS n FROM run_tags WHERE run_number IN (",
    ] {
        let mut sql = Sql::new(select);
        sql.push_list(numbers.iter().copied()).push(") GROUP BY key_id");
        for row in connection.fetch_all(sql).await? {
            counts.insert(row.get("key_id")?, row.get("n")?);
        }
    }
    for (key, n) in counts {
        run_keys::count(connection, vec![key], -n).await?;
    }
    Ok(())
}

/// Deletes what names runs without the database knowing: artifacts, also those of their models, and labels. The bytes of
/// artifacts that nothing names any more are swept up later.
async fn forget_owned(connection: &mut Connection, ids: Vec<Uuid>) -> Result<(), StoreError> {
    let mut sql = Sql::new("SELECT model_id FROM logged_models WHERE run_id IN (");
    sql.push_list(ids.iter().copied()).push(")");
    let mut owners = ids.clone();
    for row in connection.fetch_all(sql).await? {
        owners.push(row.get("model_id")?);
    }
    for owners in owners.chunks(10_000) {
        let mut sql = Sql::new("DELETE FROM artifacts WHERE owner_id IN (");
        sql.push_list(owners.iter().copied()).push(")");
        connection.execute(sql).await?;
    }
    let mut sql = Sql::new("DELETE FROM object_labels WHERE object_id IN (");
    sql.push_list(ids).push(")");
    connection.execute(sql).await.map(drop)
}
