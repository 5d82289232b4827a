//! What makes and changes a run.

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::{Map, Value};

use super::RunStatus;
use crate::experiment::LifecycleStage;
use crate::id::{
    CodeRepositoryId, ConnectionId, DataRepositoryId, ExperimentRepositoryId, ModelRepositoryId, RunId,
};
use crate::label::{self, LabelReference};
use crate::lenient;
use crate::text::{GitReference, Markdown, Name};

/// Asks for a new run.
///
/// The `mantik` 0.5.11 client sends `null` for almost any field, and the text `"None"` for ids that it has not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AddRun {
    /// Its display name.
    pub name: Name,
    /// The experiment it belongs to; also read as an object under `experimentRepository`.
    #[serde(alias = "experimentRepository", deserialize_with = "experiment_id")]
    pub experiment_repository_id: ExperimentRepositoryId,
    /// The MLflow run that it stands for; made anew when missing.
    #[serde(default, alias = "run_id", deserialize_with = "lenient::optional_id")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub mlflow_run_id: Option<RunId>,
    /// The code it executes.
    #[serde(default, alias = "codeRepository", deserialize_with = "lenient::optional_id")]
    pub code_repository_id: Option<CodeRepositoryId>,
    /// The branch of the code.
    #[serde(default)]
    pub branch: Option<GitReference>,
    /// The commit of the code.
    #[serde(default)]
    pub commit: Option<GitReference>,
    /// The model it trains.
    #[serde(default, alias = "modelRepository", deserialize_with = "lenient::optional_id")]
    pub model_repository_id: Option<ModelRepositoryId>,
    /// The data it reads.
    #[serde(default, alias = "dataRepository", deserialize_with = "lenient::optional_id")]
    pub data_repository_id: Option<DataRepositoryId>,
    /// The branch of the data.
    #[serde(default)]
    pub data_branch: Option<GitReference>,
    /// The commit of the data.
    #[serde(default)]
    pub data_commit: Option<GitReference>,
    /// The connection it is submitted through.
    #[serde(default, alias = "connection", alias = "connections", deserialize_with = "lenient::optional_id")]
    pub connection_id: Option<ConnectionId>,
    /// The account that the machine's time is charged to.
    #[serde(default)]
    pub compute_budget_account: Option<String>,
    /// The way to the MLproject file, or to its folder.
    #[serde(default)]
    pub mlflow_mlproject_file_path: Option<String>,
    /// The entry point of the MLproject.
    #[serde(default)]
    pub entry_point: Option<String>,
    /// The values for the entry point.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub mlflow_parameters: Option<Map<String, Value>>,
    /// Where and how it is executed.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub backend_config: Option<Map<String, Value>>,
}

fn experiment_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ExperimentRepositoryId, D::Error> {
    lenient::optional_id(deserializer)?.ok_or_else(|| D::Error::missing_field("experimentRepositoryId"))
}

/// What a new run is answered with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AddedRun {
    /// Identifies the run.
    pub run_id: RunId,
    /// When it was made, in milliseconds as text.
    pub timestamp: String,
}

/// Changes a run; what is missing stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RunPatch {
    /// A new display name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// A new state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<RunStatus>,
    /// Whether it is in use or in the bin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifecycle_stage: Option<LifecycleStage>,
    /// Its labels from now on.
    #[serde(
        default,
        deserialize_with = "label::changed_references",
        skip_serializing_if = "Option::is_none"
    )]
    pub labels: Option<Vec<LabelReference>>,
    /// A new note, in Markdown; the empty text takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Markdown>,
}
