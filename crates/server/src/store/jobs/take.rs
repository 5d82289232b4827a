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

/// How many jobs may be taken from the queue.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// At most so many.
    pub free: u64,
    /// Of each person only so many as make this number with those of hers that go on; without one, all may be one's.
    pub of_one: Option<u64>,
}

impl Store {
    /// Takes as many jobs from the queue as there is room for, those that wait longest first. Several servers may ask at
    /// once.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn take_jobs(
        &self,
        tender: Tender,
        executor: ExecutorKind,
        room: Room,
    ) -> Result<Vec<JobRecord>, StoreError> {
        let mut sql = waiting(executor);
        sql.push(" AND j.not_before <= ").bind(crate::clock::now());
        if let Some(of_one) = room.of_one {
            sql.push(" AND ").append(within_share(executor, of_one));
        }
        sql.push(" ORDER BY j.job_number LIMIT ").push_number(room.free);
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

/// Whether the job is among the first of its person that are not over.
fn within_share(executor: ExecutorKind, of_one: u64) -> Sql {
    let mut sql = Sql::new(
        "j.job_number IN (SELECT job_number FROM (SELECT o.job_number, \
         ROW_NUMBER() OVER (PARTITION BY w.user_id ORDER BY o.state = 'queued', o.job_number) AS nth \
         FROM jobs o JOIN runs w ON w.run_number = o.run_number \
         WHERE o.state IN ('queued', 'submitting', 'running') AND o.executor = ",
    );
    sql.bind(executor.as_str()).push(") own WHERE nth <= ").push_number(of_one).push(")");
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
