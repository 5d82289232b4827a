//! What is told of a job that its machine has. Each of these fails as those of `progress` do.

use models::run::RunStatus;
use models::time::UnixMillis;
use uuid::Uuid;

use super::progress::locked;
use super::record::JobNote;
use crate::store::{Sql, Store, StoreError, runs};

impl Store {
    /// Notes that a job, which its machine let wait, is executed since `at`. Noted again, this changes nothing.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn begin_job(&self, number: i64, owner: Uuid, at: UnixMillis) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let (job, run) = locked(connection, number, owner).await?;
                if job.started_at.is_some() {
                    return Ok(());
                }
                let sql = Sql::new(
                    "UPDATE jobs SET started_at = $1, message = NULL, queued_since = NULL, unanswered_since = NULL \
                     WHERE job_number = $2",
                );
                connection.execute(sql.with(at).with(number)).await?;
                runs::touch(connection, &run).await?;
                runs::set_status(connection, &run, RunStatus::Running, Some(at)).await
            })
        })
        .await
    }

    /// Notes what is told of a job; where that is told already, this changes nothing.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn note_job(&self, number: i64, owner: Uuid, note: JobNote) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let (job, run) = locked(connection, number, owner).await?;
                if job.note == note {
                    return Ok(());
                }
                let sql = Sql::new(
                    "UPDATE jobs SET message = $1, queue = $2, queued_since = $3, unanswered_since = $4 \
                     WHERE job_number = $5",
                );
                let sql = sql.with(note.message).with(note.queue).with(note.queued_since);
                connection.execute(sql.with(note.unanswered_since).with(number)).await?;
                runs::touch(connection, &run).await
            })
        })
        .await
    }
}
