//! What a run has logged.

use serde::{Deserialize, Serialize};

use super::RunStatus;
use crate::metric::Metric;
use crate::progress::Progress;
use crate::time::UnixMillis;

/// What a run has logged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RunData {
    /// Its parameters, by key.
    pub parameters: Vec<KeyValue>,
    /// The latest value of each metric, by key.
    pub metrics: Vec<Metric>,
    /// Its tags, by key.
    pub tags: Vec<KeyValue>,
    /// The states it has been in, in order.
    pub statuses: Vec<StatusChange>,
    /// The data sets it named as its inputs.
    pub inputs: Vec<DatasetInput>,
}

impl RunData {
    /// How far the run has come, as long as it is running, if it began at `start`.
    #[must_use]
    pub fn progress(&self, start: Option<UnixMillis>) -> Option<Progress> {
        let said = self.metrics.iter().find(|metric| metric.key == Progress::METRIC)?;
        Progress::of(said.value.0, said.timestamp, start)
    }
}

/// A parameter or a tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyValue {
    /// The name.
    pub key: String,
    /// The value.
    pub value: String,
}

/// A state that a run went into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatusChange {
    /// The state.
    pub status: RunStatus,
    /// When it went into it.
    pub at: UnixMillis,
}

/// A data set that a run named as its input, as MLflow's `log_input` describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DatasetInput {
    /// The data set's name.
    pub name: String,
    /// A short hash of its content.
    pub digest: String,
    /// The kind of its source, such as `local` or `s3`.
    pub source_type: String,
    /// Where it came from: JSON, as the client wrote it.
    pub source: String,
    /// What the run used it for, such as `training`; empty when it did not say.
    pub context: String,
}
