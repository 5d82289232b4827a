//! What is known of the serving of a deployment, as it is stored.

use std::collections::HashMap;

use models::deployment::{ChosenMode, DeploymentInformation, Serving};
use models::id::{DeploymentId, ProjectId, SavedModelId};
use models::time::UnixMillis;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::store::{Connection, Row, Sql, Store, StoreError};

/// The columns of [`ServingRecord`]; conditions on `s` and `d` follow.
pub(super) const SELECT: &str =
    "SELECT s.*, d.project_id FROM servings s JOIN deployments d ON d.deployment_id = s.deployment_id";

/// How far a serving has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServingState {
    /// It waits to be started, for the first time or again.
    Waiting,
    /// Its files are being fetched and it is handed to the machine.
    Submitting,
    /// The machine has it.
    Running,
    /// It is over.
    Ended,
}

impl ServingState {
    /// Its name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Submitting => "submitting",
            Self::Running => "running",
            Self::Ended => "ended",
        }
    }

    fn named(text: &str) -> Result<Self, StoreError> {
        let all = [Self::Waiting, Self::Submitting, Self::Running, Self::Ended];
        let found = all.into_iter().find(|state| state.as_str() == text);
        found.ok_or_else(|| StoreError::Corrupt(format!("{text} is no state of a serving")))
    }
}

/// The serving of a deployment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServingRecord {
    /// The deployment.
    pub deployment_id: DeploymentId,
    /// Its project.
    pub project_id: ProjectId,
    /// Whether it is to answer.
    pub is_wanted: bool,
    /// Whether the present attempt is to end, also where it is wanted again.
    pub is_ending: bool,
    /// How far it has come.
    pub state: ServingState,
    /// Counts its starts, from 1.
    pub attempt: u64,
    /// How often it ended by itself lately.
    pub failures: u64,
    /// When it is started.
    pub not_before: UnixMillis,
    /// When the attempt began.
    pub started_at: Option<UnixMillis>,
    /// Since when the attempt answers.
    pub ready_at: Option<UnixMillis>,
    /// Where it answers, on the machine itself.
    pub port: Option<u16>,
    /// The data folder that holds what belongs to the attempt.
    pub place: Uuid,
    /// The server that sees to it.
    pub lease_owner: Uuid,
    /// Until when it does, unless it renews that.
    pub lease_until: UnixMillis,
    /// How many bytes of what the attempt printed are kept.
    pub log_sent: u64,
}

impl ServingRecord {
    /// Whether nobody sees to it any more.
    pub(super) fn is_abandoned(&self, now: UnixMillis) -> bool {
        self.lease_until < now
    }
}

/// What an attempt serves.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Served {
    pub(super) model: SavedModelId,
    pub(super) mode: Option<ChosenMode>,
}

impl Served {
    pub(super) fn of(deployment: &DeploymentInformation) -> Self {
        Self { model: deployment.model_id, mode: deployment.mode.clone() }
    }
}

/// Reads a row of a statement that begins with [`SELECT`].
pub(super) fn read(row: &Row) -> Result<ServingRecord, StoreError> {
    Ok(ServingRecord {
        deployment_id: row.get("deployment_id")?,
        project_id: row.get("project_id")?,
        is_wanted: row.get("is_wanted")?,
        is_ending: row.get("is_ending")?,
        state: ServingState::named(&row.get::<String>("state")?)?,
        attempt: row.get("attempt")?,
        failures: row.get("failures")?,
        not_before: row.get("not_before")?,
        started_at: row.get("started_at")?,
        ready_at: row.get("ready_at")?,
        port: row.get::<Option<i64>>("port")?.and_then(|port| u16::try_from(port).ok()),
        place: row.get("place")?,
        lease_owner: row.get("lease_owner")?,
        lease_until: row.get("lease_until")?,
        log_sent: row.get("log_sent")?,
    })
}

impl Store {
    /// The serving of a deployment.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it was never served, or was deleted.
    pub async fn serving(&self, id: DeploymentId) -> Result<ServingRecord, StoreError> {
        let mut sql = Sql::new(SELECT);
        sql.push(" WHERE s.deployment_id = ").bind(id);
        read(&self.read().await?.fetch_one(sql).await?)
    }
}

/// The serving of a deployment, kept from being changed by others until the transaction ends.
pub(super) async fn locked(
    connection: &mut Connection,
    id: DeploymentId,
) -> Result<Option<ServingRecord>, StoreError> {
    let mut sql = Sql::new(SELECT);
    sql.push(" WHERE s.deployment_id = ").bind(id);
    if connection.is_postgres() {
        sql.push(" FOR UPDATE");
    }
    connection.fetch_optional(sql).await?.map(|row| read(&row)).transpose()
}

/// Says how these deployments are doing, where a server serves them.
pub(in crate::store) async fn of_deployments(
    connection: &mut Connection,
    deployments: &mut [DeploymentInformation],
) -> Result<(), StoreError> {
    let ids: Vec<DeploymentId> = deployments
        .iter()
        .filter(|deployment| deployment.is_local())
        .map(|deployment| deployment.deployment_id)
        .collect();
    if ids.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new(
        "SELECT d.deployment_id, d.status_reason, s.is_ending, s.state, s.served, s.machine, s.ready_at FROM deployments d \
         LEFT JOIN servings s ON s.deployment_id = d.deployment_id WHERE d.deployment_id IN (",
    );
    sql.push_list(ids).push(")");
    let rows = connection.fetch_all(sql).await?;
    let mut rows = rows
        .iter()
        .map(|row| Ok((row.get::<DeploymentId>("deployment_id")?, row)))
        .collect::<Result<HashMap<_, _>, StoreError>>()?;
    for deployment in deployments {
        if let Some(row) = rows.remove(&deployment.deployment_id) {
            deployment.serving = Some(told(row, deployment)?);
        }
    }
    Ok(())
}

fn told(row: &Row, deployment: &DeploymentInformation) -> Result<Serving, StoreError> {
    let state = row.get::<Option<String>>("state")?.map(|state| ServingState::named(&state)).transpose()?;
    let is_live = state.is_some_and(|state| state != ServingState::Ended);
    let served: Option<String> = row.get("served")?;
    let served: Option<Served> = served.map(|text| serde_json::from_str(&text)).transpose()?;
    Ok(Serving {
        reason: row.get("status_reason")?,
        is_stopping: is_live && row.get::<Option<bool>>("is_ending")? == Some(true),
        needs_restart: is_live && served.is_some_and(|served| served != Served::of(deployment)),
        machine: row.get("machine")?,
        ready_at: row.get::<Option<UnixMillis>>("ready_at")?.filter(|_| is_live),
    })
}
