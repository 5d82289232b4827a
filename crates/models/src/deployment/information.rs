//! What the server tells of a deployment.

use serde::{Deserialize, Serialize};

use super::{ChosenMode, LocalMode, PredictionRequest, Serving};
use crate::backend_config::Resources;
use crate::connection::ConnectionSummary;
use crate::id::{ConnectionId, DeploymentId, SavedModelId};
use crate::macros::open_enum;
use crate::model::SavedModel;
use crate::page::Listed;
use crate::time::UnixMillis;

open_enum! {
    /// The state of a deployment.
    DeploymentStatus {
        /// It is described, and nothing runs.
        Created = "CREATED",
        /// It is being started.
        Deploying = "DEPLOYING",
        /// It answers.
        Running = "RUNNING",
        /// It was stopped.
        Stopped = "STOPPED",
        /// It could not be started, or broke.
        Failed = "FAILED",
    }
}

impl DeploymentStatus {
    /// Why it cannot be asked for a prediction; `None` when it can.
    #[must_use]
    pub fn why_not_predict(&self) -> Option<&'static str> {
        match self {
            Self::Running => None,
            Self::Created => Some("This deployment was not started yet."),
            Self::Deploying => Some("This deployment is being started."),
            Self::Stopped => Some("This deployment was stopped; start it first."),
            Self::Failed => Some("This deployment failed; start it again."),
            Self::Unknown(_) => Some("This deployment is in a state that this version does not know."),
        }
    }
}

/// A deployment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DeploymentInformation {
    /// Identifies the deployment. The 2022 interface spells it `deplyomentId` where one is made.
    #[serde(alias = "deplyomentId")]
    pub deployment_id: DeploymentId,
    /// What it is called.
    pub name: String,
    /// The model that answers.
    #[serde(alias = "trainedModelId")]
    pub model_id: SavedModelId,
    /// The model itself; only where a single deployment is asked for.
    pub model: Option<SavedModel>,
    /// The connection that reaches the machine, without its secrets.
    pub connection: Option<ConnectionSummary>,
    /// The id of `connection`.
    pub connection_id: Option<ConnectionId>,
    /// What the machine must offer; `null` leaves it to the mode.
    pub resources: Option<Resources>,
    /// When it is asked by itself, in five cron fields; `null` when never.
    pub cron_string: Option<String>,
    /// The time zone of `cronString`, such as `Europe/Berlin`.
    #[serde(default = "utc")]
    pub time_zone: String,
    /// The schedule in words, such as `At 06:30 every day, UTC`; missing when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule_sentence: Option<String>,
    /// Whether the schedule rests.
    #[serde(default)]
    pub paused: bool,
    /// What it is asked by itself; `null` when nothing is, and to those who may not ask it.
    #[serde(default)]
    pub scheduled_request: Option<PredictionRequest>,
    /// The next five times of the schedule; none when it rests or there is none, or nothing to ask.
    #[serde(default)]
    pub next_times: Vec<UnixMillis>,
    /// How it is deployed; `null` when that is not settled.
    pub mode: Option<ChosenMode>,
    /// Where the server sends what is to be predicted; `null` when it cannot.
    pub endpoint_uri: Option<String>,
    /// Its state.
    pub status: DeploymentStatus,
    /// How it is doing, where the server serves it itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serving: Option<Serving>,
    /// When it was made.
    pub created_at: UnixMillis,
    /// When it was changed last.
    pub updated_at: UnixMillis,
    /// Counts its changes; the `ETag` is `"v<version>"`.
    pub version: i64,
}

impl DeploymentInformation {
    /// Whether the server serves it itself.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.mode.as_ref().is_some_and(|mode| mode.name == LocalMode::NAME)
    }
}

pub(super) fn utc() -> String {
    "UTC".to_owned()
}

impl Listed for DeploymentInformation {
    const PROPERTY: &'static str = "deployments";
}

/// The answer when a deployment was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CreatedDeployment {
    /// Identifies the deployment.
    #[serde(alias = "deplyomentId")]
    pub deployment_id: DeploymentId,
}
