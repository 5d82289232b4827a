//! What the server tells those who look, when something has changed.

use serde::{Deserialize, Serialize};

use crate::id::{ProjectId, RunId};

/// Something has changed. It says what to read again, never the new value, so that it needs no permission of its own
/// beyond that of the project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// The project it happened in.
    pub project_id: ProjectId,
    /// What has changed.
    pub topic: EventTopic,
    /// The run, where the topic is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run_id: Option<RunId>,
}

/// The kinds of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum EventTopic {
    /// The project itself: its name, description, members, or that it exists.
    Project,
    /// A code, data or model repository, a saved model or a deployment.
    Repositories,
    /// An experiment.
    Experiments,
    /// A run came, ended, changed its name, status, labels, note or inputs, or went.
    Run,
    /// A running run logged metrics, parameters or tags.
    RunData,
    /// A run's artifacts.
    RunArtifacts,
    /// What a run printed.
    RunLog,
    /// What the processes of a deployment printed.
    DeploymentLog,
    /// A saved view of the table of runs, or which of them opens first.
    Views,
    /// A template of the form that starts runs.
    RunTemplates,
    /// A schedule, or what came of one of its times.
    Schedules,
    /// A deployment was asked for a prediction.
    Predictions,
    /// The invitations that wait for a person. Told to her alone; the project is her personal one.
    Invitations,
}
