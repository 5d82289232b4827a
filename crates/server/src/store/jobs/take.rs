//! The queue of jobs.

use models::event::{Event, EventTopic};
use models::run::JobState;

use super::lease::{Tender, lease_end};
use super::record::{self, ExecutorKind, JobRecord, SELECT};
use crate::store::runs::RunRecord;
use crate::store::{Connection, Sql, Store, StoreError};

/// So many of those that wait are told that they have moved up.
const MOVED: u64 = 20;

/// Puts a run into the queue.
pub(in crate::store) async fn insert(
    connection: &mut Connection,
    run: &RunRecord,
    executor: ExecutorKind,
) -> Result<(), StoreError> {
    let sql = Sql::new(
        "INSERT INTO jobs (run_number, executor, state, attempt, failures, not_before, lease_until, log_sent, created_at) \
         VALUES ($1, $2, 'queued', 0, 0, 0, 0, 0, $3)",
    );
    let sql = sql.with(run.number).with(executor.as_str()).with(crate::clock::now());
    connection.execute(sql).await.map(drop)
}

impl Store {
    /// Takes up to `most` jobs from the queue, those that wait longest first. Several servers may ask at once.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn take_jobs(
        &self,
        tender: Tender,
        executor: ExecutorKind,
        most: u64,
    ) -> Result<Vec<JobRecord>, StoreError> {
        let mut sql = waiting(executor);
        sql.push(" AND j.not_before <= ").bind(crate::clock::now());
        sql.push(" ORDER BY j.job_number LIMIT ").push_number(most);
        let rows = self.read().await?.fetch_all(sql).await?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let found = rows.iter().map(record::read).collect::<Result<Vec<_>, _>>()?;
        self.write(move |connection| {
            Box::pin(async move {
                let mut taken = Vec::new();
                for job in found {
                    let sql = Sql::new(
                        "UPDATE jobs SET state = 'submitting', attempt = attempt + 1, place = $1, lease_owner = $2, \
                         lease_until = $3, reference = NULL, log_sent = 0, message = NULL, queue = NULL, \
                         queued_since = NULL WHERE job_number = $4 AND state = 'queued' AND attempt = $5",
                    );
                    let attempt = i64::try_from(job.attempt).unwrap_or(i64::MAX);
                    let sql = sql.with(tender.place).with(tender.owner).with(lease_end()).with(job.number);
                    if connection.execute(sql.with(attempt)).await? == 1 {
                        let (attempt, owner) = (job.attempt + 1, Some(tender.owner));
                        let state = JobState::Submitting;
                        taken.push(JobRecord { state, attempt, lease_owner: owner, log_sent: 0, ..job });
                    }
                }
                tell(connection, &taken, executor).await?;
                Ok(taken)
            })
        })
        .await
    }
}

fn waiting(executor: ExecutorKind) -> Sql {
    let mut sql = Sql::new(SELECT);
    sql.push(" WHERE j.state = 'queued' AND j.executor = ").bind(executor.as_str());
    sql
}

/// Tells of the jobs that left the queue, and of those that moved up.
async fn tell(
    connection: &mut Connection,
    taken: &[JobRecord],
    executor: ExecutorKind,
) -> Result<(), StoreError> {
    if taken.is_empty() {
        return Ok(());
    }
    let mut sql = waiting(executor);
    sql.push(" ORDER BY j.job_number LIMIT ").push_number(MOVED);
    let rows = connection.fetch_all(sql).await?;
    let waiting = rows.iter().map(record::read).collect::<Result<Vec<_>, _>>()?;
    for job in taken.iter().chain(&waiting) {
        let event = Event { project_id: job.project_id, topic: EventTopic::Run, run_id: Some(job.run_id) };
        connection.publish(event);
    }
    Ok(())
}
