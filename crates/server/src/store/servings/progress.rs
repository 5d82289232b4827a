//! What the server that sees to a serving notes of it. Each of these fails with [`StoreError::Stale`] once another server
//! has taken it over, and with [`StoreError::NotFound`] when its deployment was deleted.

use models::deployment::{DeploymentInformation, DeploymentStatus};
use models::id::{DeploymentId, ProjectId, UserId};
use models::time::UnixMillis;
use uuid::Uuid;

use super::events::note;
use super::record::{Served, ServingRecord, ServingState, locked};
use crate::store::owned::{publish, without_runs};
use crate::store::{Connection, Sql, Store, StoreError};

/// An attempt that begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Starting {
    /// What is to be served, as it is now.
    pub deployment: DeploymentInformation,
    /// The number of the attempt.
    pub attempt: u64,
}

impl Store {
    /// Begins an attempt that is to answer on `port`.
    ///
    /// # Errors
    /// As all of these.
    pub async fn begin_serving(
        &self,
        id: DeploymentId,
        owner: Uuid,
        port: u16,
    ) -> Result<Starting, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let serving = held(connection, id, owner).await?;
                let project = serving.project_id;
                let deployment: DeploymentInformation = without_runs(connection, project, id).await?;
                let sql = Sql::new(
                    "UPDATE servings SET state = 'submitting', attempt = attempt + 1, port = $1, served = $2, log_sent = 0, \
                     started_at = NULL, ready_at = NULL WHERE deployment_id = $3",
                );
                let served = serde_json::to_string(&Served::of(&deployment))?;
                connection.execute(sql.with(i64::from(port)).with(served).with(id)).await?;
                publish(connection, project);
                Ok(Starting { deployment, attempt: serving.attempt + 1 })
            })
        })
        .await
    }

    /// Notes that the machine has the attempt, and since when.
    ///
    /// # Errors
    /// As all of these.
    pub async fn serving_started(
        &self,
        id: DeploymentId,
        owner: Uuid,
        at: UnixMillis,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                held(connection, id, owner).await?;
                let sql = Sql::new(
                    "UPDATE servings SET state = 'running', started_at = $1 WHERE deployment_id = $2",
                );
                connection.execute(sql.with(at).with(id)).await.map(drop)
            })
        })
        .await
    }

    /// Notes that the attempt answers.
    ///
    /// # Errors
    /// As all of these.
    pub async fn serving_ready(&self, id: DeploymentId, owner: Uuid) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                held(connection, id, owner).await?;
                let sql = Sql::new("UPDATE servings SET ready_at = $1 WHERE deployment_id = $2");
                connection.execute(sql.with(crate::clock::now()).with(id)).await?;
                set_status(connection, id, &DeploymentStatus::Running, None, None).await
            })
        })
        .await
    }

    /// Has it started again, not before a time. `reason` says why it ended, where it did by itself.
    ///
    /// # Errors
    /// As all of these.
    pub async fn restart_serving(
        &self,
        id: DeploymentId,
        owner: Uuid,
        not_before: UnixMillis,
        failures: u64,
        reason: Option<String>,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                held(connection, id, owner).await?;
                let sql = Sql::new(
                    "UPDATE servings SET state = 'waiting', is_ending = FALSE, not_before = $1, failures = $2, ready_at = NULL \
                     WHERE deployment_id = $3",
                );
                let failures = i64::try_from(failures).unwrap_or(i64::MAX);
                connection.execute(sql.with(not_before).with(failures).with(id)).await?;
                set_status(connection, id, &DeploymentStatus::Deploying, None, reason.as_deref()).await
            })
        })
        .await
    }

    /// Notes that it is over.
    ///
    /// # Errors
    /// As all of these.
    pub async fn end_serving(
        &self,
        id: DeploymentId,
        owner: Uuid,
        status: DeploymentStatus,
        reason: Option<String>,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                held(connection, id, owner).await?;
                let sql = Sql::new(
                    "UPDATE servings SET state = 'ended', is_wanted = FALSE, is_ending = FALSE, ready_at = NULL WHERE deployment_id = $1",
                );
                connection.execute(sql.with(id)).await?;
                set_status(connection, id, &status, None, reason.as_deref()).await
            })
        })
        .await
    }
}

/// The serving of a deployment, kept from being changed by others, as long as this server sees to it.
pub(super) async fn held(
    connection: &mut Connection,
    id: DeploymentId,
    owner: Uuid,
) -> Result<ServingRecord, StoreError> {
    let serving = locked(connection, id).await?.ok_or(StoreError::NotFound)?;
    if serving.state == ServingState::Ended || serving.lease_owner != owner {
        return Err(StoreError::Stale);
    }
    Ok(serving)
}

/// Brings a deployment into a state, and notes that. Its version stays: nobody changed what is said of it.
pub(super) async fn set_status(
    connection: &mut Connection,
    id: DeploymentId,
    status: &DeploymentStatus,
    by: Option<UserId>,
    reason: Option<&str>,
) -> Result<(), StoreError> {
    let sql = Sql::new("UPDATE deployments SET status = $1, status_reason = $2 WHERE deployment_id = $3");
    connection.execute(sql.with(status.as_str()).with(reason).with(id)).await?;
    note(connection, id, status, by, reason).await?;
    let sql = Sql::new("SELECT project_id FROM deployments WHERE deployment_id = $1").with(id);
    let project: ProjectId = connection.fetch_one(sql).await?.get("project_id")?;
    publish(connection, project);
    Ok(())
}
