//! Which server sees to a job: a lease that it renews, and that others take over once it has ended.

use models::id::RunId;
use uuid::Uuid;

use super::record::{self, ExecutorKind, JobRecord, SELECT};
use crate::store::{Connection, Sql, Store, StoreError};

/// A server that sees to jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tender {
    /// Its data folder, which holds what belongs to its jobs. Servers may share one.
    pub place: Uuid,
    /// This start of the server.
    pub owner: Uuid,
}

impl Tender {
    /// How long a lease lasts, in milliseconds.
    pub const LEASE: i64 = 30_000;
}

pub(in crate::store) fn lease_end() -> i64 {
    crate::clock::now().0 + Tender::LEASE
}

impl Store {
    /// Ends the leases of earlier starts, where no other server can be at work: SQLite admits one at a time.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn void_leases(&self, tender: Tender) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                if connection.is_postgres() {
                    return Ok(());
                }
                let sql =
                    Sql::new("UPDATE jobs SET lease_until = 0 WHERE state <> 'ended' AND lease_owner <> $1");
                connection.execute(sql.with(tender.owner)).await.map(drop)
            })
        })
        .await
    }

    /// Makes the leases of a server for these jobs last.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn renew_leases(&self, tender: Tender, jobs: Vec<i64>) -> Result<(), StoreError> {
        if jobs.is_empty() {
            return Ok(());
        }
        let mut sql = Sql::new("UPDATE jobs SET lease_until = ");
        sql.bind(lease_end()).push(" WHERE lease_owner = ").bind(tender.owner);
        sql.push(" AND state IN ('submitting', 'running') AND job_number IN (").push_list(jobs).push(")");
        self.write(|connection| Box::pin(async move { connection.execute(sql).await.map(drop) })).await
    }

    /// Ends the leases of a server that goes.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn release_leases(&self, tender: Tender) -> Result<(), StoreError> {
        let sql = Sql::new(
            "UPDATE jobs SET lease_until = 0 WHERE lease_owner = $1 AND state IN ('submitting', 'running')",
        );
        let sql = sql.with(tender.owner);
        self.write(|connection| Box::pin(async move { connection.execute(sql).await.map(drop) })).await
    }

    /// Takes over the jobs that no server sees to, of this place alone where they lie in it; also those of this one, where it
    /// lost sight of them.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn adopt_jobs(
        &self,
        tender: Tender,
        executor: ExecutorKind,
    ) -> Result<Vec<JobRecord>, StoreError> {
        let mut sql = Sql::new(SELECT);
        sql.push(" WHERE j.state IN ('submitting', 'running') AND j.executor = ").bind(executor.as_str());
        if executor.is_in_place() {
            sql.push(" AND j.place = ").bind(tender.place);
        }
        sql.push(" AND j.lease_until < ").bind(crate::clock::now()).push(" ORDER BY j.job_number LIMIT 100");
        let rows = self.read().await?.fetch_all(sql).await?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let found = rows.iter().map(record::read).collect::<Result<Vec<_>, _>>()?;
        self.write(move |connection| {
            Box::pin(async move {
                let mut adopted = Vec::new();
                for job in found {
                    let sql = Sql::new(
                        "UPDATE jobs SET lease_owner = $1, lease_until = $2 WHERE job_number = $3 AND lease_owner = $4 \
                         AND lease_until < $5 AND state IN ('submitting', 'running')",
                    );
                    let sql = sql.with(tender.owner).with(lease_end()).with(job.number).with(job.lease_owner);
                    if connection.execute(sql.with(crate::clock::now())).await? == 1 {
                        adopted.push(JobRecord { lease_owner: Some(tender.owner), ..job });
                    }
                }
                Ok(adopted)
            })
        })
        .await
    }

    /// The runs whose job is not over, of those named.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn live_jobs(&self, runs: Vec<RunId>) -> Result<Vec<JobRecord>, StoreError> {
        if runs.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = Sql::new(SELECT);
        sql.push(" WHERE j.state <> 'ended' AND r.run_id IN (").push_list(runs).push(")");
        self.read().await?.fetch_all(sql).await?.iter().map(record::read).collect()
    }
}

/// The job, kept from being changed by others, as long as this server sees to it.
pub(super) async fn held(
    connection: &mut Connection,
    number: i64,
    owner: Uuid,
) -> Result<JobRecord, StoreError> {
    let mut sql = Sql::new(SELECT);
    sql.push(" WHERE j.job_number = ").bind(number);
    if connection.is_postgres() {
        sql.push(" FOR UPDATE OF j");
    }
    let job = record::read(&connection.fetch_one(sql).await?)?;
    if job.is_over() || job.lease_owner != Some(owner) {
        return Err(StoreError::Stale);
    }
    Ok(job)
}
