//! Ends runs on request, and takes note of what others say of the state of a run that a job executes.

use models::id::{ProjectId, RunId};
use models::run::{JobState, Run, RunStatus};
use models::time::UnixMillis;

use super::read::live;
use crate::store::runs::{self, RunRecord};
use crate::store::{Connection, Sql, Store, StoreError};

impl Store {
    /// Ends a run. One that a job executes ends when its processes have; until then its job says that its end was asked
    /// for. Asked for again, this changes nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Conflict`] when it has ended otherwise.
    pub async fn cancel_run(&self, project: ProjectId, id: RunId) -> Result<Run, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                runs::of_project(connection, project, id).await?;
                let run = runs::lock(connection, id).await?;
                match run.status.why_not_cancel() {
                    Some(_) if run.status == RunStatus::Killed => {}
                    Some(reason) => return Err(StoreError::Conflict(reason.to_owned())),
                    None => cancel(connection, &run).await?,
                }
                let run = runs::identified(connection, id).await?;
                runs::nested(connection, vec![run]).await?.pop().ok_or(StoreError::NotFound)
            })
        })
        .await
    }
}

/// Ends a locked run that has not ended, or asks the job that executes it to.
pub(in crate::store) async fn cancel(connection: &mut Connection, run: &RunRecord) -> Result<(), StoreError> {
    let Some(job) = live(connection, run.number).await? else {
        return runs::set_status(connection, run, RunStatus::Killed, None).await;
    };
    let now = crate::clock::now();
    if job.state == JobState::Queued {
        let sql = Sql::new(
            "UPDATE jobs SET state = 'ended', ended_at = $1, cancel_requested_at = $1, message = $2 WHERE job_number = $3",
        );
        let message = "Cancelled before it began.";
        connection.execute(sql.with(now).with(message).with(job.number)).await?;
        return runs::set_status(connection, run, RunStatus::Killed, Some(now)).await;
    }
    if job.cancel_requested_at.is_some() {
        return Ok(());
    }
    let sql = Sql::new("UPDATE jobs SET cancel_requested_at = $1 WHERE job_number = $2");
    connection.execute(sql.with(now).with(job.number)).await?;
    runs::touch(connection, run).await
}

/// Puts a locked run into the state that somebody tells of, or its own program does. Where a job executes it, that decides:
/// that it was killed is a wish, and how it ended is remembered until the processes have ended.
pub(in crate::store) async fn tell_status(
    connection: &mut Connection,
    run: &RunRecord,
    status: RunStatus,
    at: Option<UnixMillis>,
) -> Result<(), StoreError> {
    let Some(job) = live(connection, run.number).await? else {
        return runs::set_status(connection, run, status, at).await;
    };
    match status {
        RunStatus::Killed => cancel(connection, run).await,
        RunStatus::Finished | RunStatus::Failed => {
            let sql = Sql::new("UPDATE jobs SET told_status = $1 WHERE job_number = $2");
            connection.execute(sql.with(status.as_str()).with(job.number)).await.map(drop)
        }
        RunStatus::Scheduled | RunStatus::Running | RunStatus::Unknown => Ok(()),
    }
}
