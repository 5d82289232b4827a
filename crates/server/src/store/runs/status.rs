//! The states of a run, told by who executes it.

use models::{id::RunId, run::RunStatus, time::UnixMillis};

use super::change;
use crate::store::{Store, StoreError};

impl Store {
    /// Puts a run into another state, at a time or now.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]
    pub async fn set_run_status(
        &self,
        id: RunId,
        status: RunStatus,
        at: Option<UnixMillis>,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let run = change::lock(connection, id).await?;
                change::set_status(connection, &run, status, at).await
            })
        })
        .await
    }
}
