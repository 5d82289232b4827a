//! A deployment that the server serves itself.

use serde::{Deserialize, Serialize};

use super::DeploymentStatus;
use crate::page::Listed;
use crate::time::UnixMillis;

/// How a deployment that the server serves itself is doing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Serving {
    /// Why it is in its state, for people. After a failure the last lines of its log follow.
    pub reason: Option<String>,
    /// Whether its end was asked for and has not come yet.
    pub is_stopping: bool,
    /// Whether its model or mode was changed since it was started: it answers as before until it is started again.
    pub needs_restart: bool,
    /// The name of the machine whose server serves it, or did last.
    pub machine: Option<String>,
    /// Since when it answers; `null` while it does not.
    pub ready_at: Option<UnixMillis>,
}

/// A state that a deployment came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DeploymentEvent {
    /// When.
    pub at: UnixMillis,
    /// The state.
    pub status: DeploymentStatus,
    /// Who asked for it; `null` where the server came to it by itself.
    pub person: Option<String>,
    /// Why, for people.
    pub reason: Option<String>,
}

impl DeploymentEvent {
    /// How many of them are kept of each deployment.
    pub const KEPT: u64 = 500;
}

impl Listed for DeploymentEvent {
    const PROPERTY: &'static str = "history";
}
