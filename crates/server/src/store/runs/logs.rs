//! What runs printed.

use models::id::{ProjectId, RunId};

use super::read::of_project;
use crate::store::{Sql, Store, StoreError};

impl Store {
    /// Keeps what a run printed, in place of what was kept before.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has no such run.
    pub async fn set_run_log(&self, project: ProjectId, id: RunId, text: String) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let run = of_project(connection, project, id).await?;
                // PostgreSQL cannot keep the character that C ends texts with.
                let text = text.replace('\0', "");
                let sql = Sql::new(
                    "INSERT INTO run_logs (run_number, text) VALUES ($1, $2) \
                     ON CONFLICT (run_number) DO UPDATE SET text = excluded.text",
                );
                connection.execute(sql.with(run.number).with(text)).await.map(drop)
            })
        })
        .await
    }

    /// What a run printed; empty when nothing was kept.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has no such run.
    pub async fn run_log(&self, project: ProjectId, id: RunId) -> Result<String, StoreError> {
        let mut connection = self.read().await?;
        let run = of_project(&mut connection, project, id).await?;
        let sql = Sql::new("SELECT text FROM run_logs WHERE run_number = $1").with(run.number);
        connection.fetch_optional(sql).await?.map_or(Ok(String::new()), |row| row.get("text"))
    }
}
