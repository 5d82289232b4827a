//! Reads jobs.

use std::collections::HashMap;

use models::id::RunId;
use models::run::RunJob;

use super::record::{self, JobNote, JobRecord, SELECT};
use crate::store::{Connection, Row, Sql, Store, StoreError};

impl Store {
    /// The job with this number.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when its run was deleted.
    pub async fn job(&self, number: i64) -> Result<JobRecord, StoreError> {
        let mut sql = Sql::new(SELECT);
        sql.push(" WHERE j.job_number = ").bind(number);
        record::read(&self.read().await?.fetch_one(sql).await?)
    }

    /// The job of a run; `None` when somebody else executes it, or there is no such run.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn job_of_run(&self, run: RunId) -> Result<Option<JobRecord>, StoreError> {
        let mut sql = Sql::new(SELECT);
        sql.push(" WHERE r.run_id = ").bind(run);
        self.read().await?.fetch_optional(sql).await?.map(|row| record::read(&row)).transpose()
    }
}

/// The job of a run that is not over, kept from being changed by others until the transaction ends.
pub(super) async fn live(
    connection: &mut Connection,
    run_number: i64,
) -> Result<Option<JobRecord>, StoreError> {
    let mut sql = Sql::new(SELECT);
    sql.push(" WHERE j.state <> 'ended' AND j.run_number = ").bind(run_number);
    if connection.is_postgres() {
        sql.push(" FOR UPDATE OF j");
    }
    connection.fetch_optional(sql).await?.map(|row| record::read(&row)).transpose()
}

/// Whether a server executes a run, or has executed it. What such a run is made of was said by who submitted it, whose
/// connection executes it; nobody else may say it.
pub(in crate::store) async fn is_executed(
    connection: &mut Connection,
    run_number: i64,
) -> Result<bool, StoreError> {
    let sql = Sql::new("SELECT COUNT(*) AS n FROM jobs WHERE run_number = $1").with(run_number);
    Ok(connection.fetch_one(sql).await?.get::<u64>("n")? > 0)
}

/// What is told of the jobs of runs, by the numbers of the runs.
pub(in crate::store) async fn of_runs(
    connection: &mut Connection,
    runs: Vec<i64>,
) -> Result<HashMap<i64, RunJob>, StoreError> {
    if runs.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new(
        "SELECT j.*, CASE WHEN j.state = 'queued' THEN \
         (SELECT COUNT(*) FROM jobs q WHERE q.state = 'queued' AND q.executor = j.executor AND \
         q.job_number <= j.job_number) END AS position FROM jobs j WHERE j.run_number IN (",
    );
    sql.push_list(runs).push(")");
    let told = |row: &Row| {
        let JobNote { message, queue, queued_since, unanswered_since } = record::note(row)?;
        let job = RunJob {
            executor: record::executor(&row.get::<String>("executor")?),
            state: record::state(&row.get::<String>("state")?),
            position: row.get::<Option<i64>>("position")?.and_then(|position| u64::try_from(position).ok()),
            attempt: row.get("attempt")?,
            cancel_requested_at: row.get("cancel_requested_at")?,
            queue,
            queued_since,
            unanswered_since,
            message,
        };
        Ok((row.get("run_number")?, job))
    };
    connection.fetch_all(sql).await?.iter().map(told).collect()
}
