//! What of a run is only shown, never searched.

use models::run::{NoteBookSource, RunInfrastructure};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What of a run is only shown, never searched.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RunDetails {
    /// The account that the machine's time is charged to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compute_budget_account: Option<String>,
    /// The way to the MLproject file, or to its folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mlflow_mlproject_file_path: Option<String>,
    /// The entry point of the MLproject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry_point: Option<String>,
    /// The values that were given to the entry point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mlflow_parameters: Option<Map<String, Value>>,
    /// Where and how it is executed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backend_config: Option<Map<String, Value>>,
    /// The machine it ran on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub infrastructure: Option<RunInfrastructure>,
    /// The notebook it was started from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notebook_source: Option<NoteBookSource>,
}
