//! What the server that sees to a job notes of it. Each of these fails with [`StoreError::Stale`] once another server has
//! taken the job over, and with [`StoreError::NotFound`] when its run was deleted.

use models::id::ApiTokenId;
use models::run::{KeyValue, RunStatus};
use models::time::UnixMillis;
use uuid::Uuid;

use super::lease::held;
use super::record::JobRecord;
use crate::store::runs::{self, RunRecord};
use crate::store::{Batch, Connection, NewToken, Sources, Sql, Store, StoreError, run_data, tokens};

/// The tag in which the console looks for the reason of a failure.
const REASON: &str = "failure.reason";

/// What is known of a job before it is handed over.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// The commit of the code.
    pub commit: String,
    /// The parameters of the entry point with their values.
    pub parameters: Vec<KeyValue>,
    /// The token with which it logs.
    pub token: NewToken,
}

/// Why a job goes back into the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Requeued {
    /// Its attempt never began.
    Again,
    /// Its attempt failed for a reason that may pass; says which.
    Failed(String),
    /// The machine could not be asked; says why.
    Unanswered(String),
}

/// How a job ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobEnd {
    /// The state of the run.
    pub status: RunStatus,
    /// When its processes had ended.
    pub at: UnixMillis,
    /// For people.
    pub message: String,
}

impl Store {
    /// Notes what a job is about to execute, and makes its token, in place of that of an earlier attempt.
    ///
    /// # Errors
    /// As all of these; [`StoreError::Invalid`] when a parameter has another value already.
    pub async fn prepare_job(&self, number: i64, owner: Uuid, prepared: Prepared) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let (_, run) = locked(connection, number, owner).await?;
                if run.commit.as_ref() != Some(&prepared.commit) {
                    let sources = Sources { commit: Some(prepared.commit), ..Sources::default() };
                    runs::set_sources(connection, &run, sources).await?;
                }
                let batch = Batch { parameters: prepared.parameters, ..Batch::default() };
                run_data::log(connection, &run, &batch).await?;
                forget_token(connection, number).await?;
                let token = tokens::insert(connection, prepared.token).await?;
                let sql = Sql::new("UPDATE jobs SET token_id = $1 WHERE job_number = $2");
                connection.execute(sql.with(token.token_id).with(number)).await.map(drop)
            })
        })
        .await
    }

    /// Notes that the machine has a job, and since when it executes it; `None` where it lets it wait first.
    ///
    /// # Errors
    /// As all of these.
    pub async fn start_job(
        &self,
        number: i64,
        owner: Uuid,
        reference: String,
        at: Option<UnixMillis>,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let (job, run) = locked(connection, number, owner).await?;
                let sql = Sql::new(
                    "UPDATE jobs SET state = 'running', reference = $1, started_at = $2, message = NULL, \
                     unanswered_since = NULL WHERE job_number = $3",
                );
                connection.execute(sql.with(reference).with(at).with(job.number)).await?;
                runs::touch(connection, &run).await?;
                match at {
                    Some(_) => runs::set_status(connection, &run, RunStatus::Running, at).await,
                    None => Ok(()),
                }
            })
        })
        .await
    }

    /// Appends what a job printed to the log of its run. `sent` is how much was appended before; appends nothing where
    /// that is not so any more. Gives how much is appended now.
    ///
    /// # Errors
    /// As all of these; [`StoreError::Invalid`] when the log would be too long.
    pub async fn append_job_log(
        &self,
        number: i64,
        owner: Uuid,
        sent: u64,
        bytes: Vec<u8>,
    ) -> Result<u64, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let (job, run) = locked(connection, number, owner).await?;
                if job.log_sent != sent {
                    return Ok(job.log_sent);
                }
                let sent = sent + bytes.len() as u64;
                runs::append(connection, &run, None, bytes).await?;
                let sql = Sql::new("UPDATE jobs SET log_sent = $1 WHERE job_number = $2");
                connection.execute(sql.with(i64::try_from(sent).unwrap_or(i64::MAX)).with(number)).await?;
                Ok(sent)
            })
        })
        .await
    }

    /// Puts a job back into the queue.
    ///
    /// # Errors
    /// As all of these.
    pub async fn requeue_job(
        &self,
        number: i64,
        owner: Uuid,
        not_before: UnixMillis,
        why: Requeued,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let (job, run) = locked(connection, number, owner).await?;
                let since = job.note.unanswered_since;
                let (n_failures, message, since) = match why {
                    Requeued::Again => (0_i64, None, since),
                    Requeued::Failed(message) => (1, Some(message), None),
                    Requeued::Unanswered(message) => (0, Some(message), since.or(Some(crate::clock::now()))),
                };
                let sql = Sql::new(
                    "UPDATE jobs SET state = 'queued', place = NULL, lease_owner = NULL, lease_until = 0, \
                     not_before = $1, failures = failures + $2, message = $3, unanswered_since = $4 WHERE job_number = $5",
                );
                let sql = sql.with(not_before).with(n_failures).with(message).with(since).with(number);
                connection.execute(sql).await?;
                runs::touch(connection, &run).await
            })
        })
        .await
    }

    /// Ends a job and its run, and takes its token away.
    ///
    /// # Errors
    /// As all of these.
    pub async fn end_job(&self, number: i64, owner: Uuid, end: JobEnd) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let (job, run) = locked(connection, number, owner).await?;
                forget_token(connection, number).await?;
                let end = with_told(end, job.told_status);
                let sql = Sql::new(
                    "UPDATE jobs SET state = 'ended', ended_at = $1, message = $2, queued_since = NULL, \
                     unanswered_since = NULL WHERE job_number = $3",
                );
                connection.execute(sql.with(end.at).with(end.message.as_str()).with(number)).await?;
                if end.status == RunStatus::Failed {
                    run_data::set_tags(connection, &run, &[(REASON, end.message.as_str())]).await?;
                }
                runs::touch(connection, &run).await?;
                runs::set_status(connection, &run, end.status, Some(end.at)).await
            })
        })
        .await
    }
}

/// The end by what the program itself told, which knows better where it ended well by its own account.
fn with_told(end: JobEnd, told: Option<RunStatus>) -> JobEnd {
    if end.status == RunStatus::Finished && told == Some(RunStatus::Failed) {
        let message = format!("Its program told MLflow that it failed. {}", end.message);
        return JobEnd { status: RunStatus::Failed, message, ..end };
    }
    end
}

/// The job and its run. Who changes a run locks that first, so this does too.
pub(super) async fn locked(
    connection: &mut Connection,
    number: i64,
    owner: Uuid,
) -> Result<(JobRecord, RunRecord), StoreError> {
    let sql = Sql::new(
        "SELECT r.run_id FROM jobs j JOIN runs r ON r.run_number = j.run_number WHERE j.job_number = $1",
    );
    let run = connection.fetch_one(sql.with(number)).await?.get("run_id")?;
    let run = runs::lock(connection, run).await?;
    Ok((held(connection, number, owner).await?, run))
}

async fn forget_token(connection: &mut Connection, number: i64) -> Result<(), StoreError> {
    let sql = Sql::new("SELECT token_id FROM jobs WHERE job_number = $1").with(number);
    let token: Option<ApiTokenId> = connection.fetch_one(sql).await?.get("token_id")?;
    if token.is_some() {
        connection.execute(Sql::new("DELETE FROM api_tokens WHERE token_id = $1").with(token)).await?;
    }
    Ok(())
}
