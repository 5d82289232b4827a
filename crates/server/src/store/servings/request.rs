//! What people ask for: that a deployment is served, and that it is not any more.

use models::deployment::{DeploymentInformation, DeploymentStatus};
use models::id::{DeploymentId, ProjectId, UserId};

use super::progress::set_status;
use super::record::{ServingRecord, ServingState, locked};
use crate::store::jobs::lease_end;
use crate::store::owned::without_runs;
use crate::store::{Connection, Sql, Store, StoreError, Tender};

/// A server that serves models on its machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServingHost {
    /// Its data folder, and this start of it.
    pub tender: Tender,
    /// The name of its machine.
    pub machine: String,
    /// How many models it serves at once.
    pub most: u64,
}

impl Store {
    /// Has a server serve a deployment. Where one does already, this changes nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Conflict`] when it serves as many as it may.
    pub async fn start_deployment(
        &self,
        project: ProjectId,
        id: DeploymentId,
        by: UserId,
        host: ServingHost,
    ) -> Result<DeploymentInformation, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                without_runs::<DeploymentInformation>(connection, project, id).await?;
                let now = crate::clock::now();
                let present = locked(connection, id).await?;
                let present = present.filter(|serving| serving.state != ServingState::Ended);
                match present {
                    // A server that is away for good would keep it for ever; should it come back, it ends what it has.
                    Some(serving) if serving.is_abandoned(now) && serving.place != host.tender.place => {
                        begin(connection, id, by, &host).await?;
                    }
                    Some(serving) if serving.is_wanted => {}
                    Some(_) => {
                        let sql = Sql::new(
                            "UPDATE servings SET is_wanted = TRUE, failures = 0, not_before = 0 WHERE deployment_id = $1",
                        );
                        connection.execute(sql.with(id)).await?;
                        set_status(connection, id, &DeploymentStatus::Deploying, Some(by), None).await?;
                    }
                    None => begin(connection, id, by, &host).await?,
                }
                without_runs(connection, project, id).await
            })
        })
        .await
    }

    /// Has a deployment served no more. It is stopped once its processes have ended. Asked for again, this changes nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]
    pub async fn stop_deployment(
        &self,
        project: ProjectId,
        id: DeploymentId,
        by: UserId,
    ) -> Result<DeploymentInformation, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let deployment = without_runs::<DeploymentInformation>(connection, project, id).await?;
                if let Some(serving) = locked(connection, id).await? {
                    stop(connection, &deployment, &serving, by).await?;
                }
                without_runs(connection, project, id).await
            })
        })
        .await
    }
}

async fn begin(
    connection: &mut Connection,
    id: DeploymentId,
    by: UserId,
    host: &ServingHost,
) -> Result<(), StoreError> {
    if connection.is_postgres() {
        // Who starts others at this moment counts first, or after this.
        connection.execute("SELECT pg_advisory_xact_lock(7227266)").await?;
    }
    let sql = Sql::new("SELECT COUNT(*) AS n FROM servings WHERE state <> 'ended' AND place = $1");
    let n_served: u64 = connection.fetch_one(sql.with(host.tender.place)).await?.get("n")?;
    if n_served >= host.most {
        return Err(StoreError::Conflict(format!(
            "This server serves {n_served} models already, and may serve no more at once. Stop another one first, or have its \
             operator allow more with --local-models."
        )));
    }
    // The number of the attempt goes on: an older one may still be known to the machine.
    let sql = Sql::new(
        "INSERT INTO servings (deployment_id, is_wanted, is_ending, state, attempt, failures, not_before, place, machine, lease_owner, \
         lease_until, log_sent) VALUES ($1, TRUE, FALSE, 'waiting', 0, 0, 0, $2, $3, $4, $5, 0) ON CONFLICT (deployment_id) \
         DO UPDATE SET is_wanted = TRUE, is_ending = FALSE, state = 'waiting', failures = 0, not_before = 0, place = excluded.place, \
         machine = excluded.machine, lease_owner = excluded.lease_owner, lease_until = excluded.lease_until, \
         ready_at = NULL, started_at = NULL, served = NULL, port = NULL",
    )
    .with(id)
    .with(host.tender.place)
    .with(host.machine.as_str())
    .with(host.tender.owner)
    .with(lease_end());
    connection.execute(sql).await?;
    set_status(connection, id, &DeploymentStatus::Deploying, Some(by), None).await
}

async fn stop(
    connection: &mut Connection,
    deployment: &DeploymentInformation,
    serving: &ServingRecord,
    by: UserId,
) -> Result<(), StoreError> {
    if serving.state == ServingState::Ended || !serving.is_wanted {
        return Ok(());
    }
    let id = serving.deployment_id;
    let sql = Sql::new("UPDATE servings SET is_wanted = FALSE, is_ending = TRUE WHERE deployment_id = $1");
    connection.execute(sql.with(id)).await?;
    let reason = "It is being stopped.";
    set_status(connection, id, &deployment.status, Some(by), Some(reason)).await
}
