//! A run, as the server tells of it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{NoteBookSource, RunInfrastructure, RunJob, RunStatus};
use crate::code::CodeRepository;
use crate::connection::ConnectionSummary;
use crate::data::DataRepository;
use crate::document::Node;
use crate::experiment::{ExperimentRepository, LifecycleStage};
use crate::id::RunId;
use crate::label::Label;
use crate::model::{ModelRepository, SavedModel};
use crate::page::Listed;
use crate::person::User;
use crate::time::UnixMillis;

/// A run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Run {
    /// Identifies the run.
    pub run_id: RunId,
    /// The same id in MLflow's spelling: 32 hexadecimal digits.
    #[serde(alias = "run_id")]
    pub mlflow_run_id: String,
    /// Its display name.
    pub name: String,
    /// The experiment it belongs to.
    pub experiment_repository: ExperimentRepository,
    /// The code that was executed.
    pub code_repository: Option<CodeRepository>,
    /// The branch of the code.
    pub branch: Option<String>,
    /// The commit of the code; decides where a branch is named too.
    pub commit: Option<String>,
    /// The definition of the model that was trained.
    pub model_repository: Option<ModelRepository>,
    /// The models that were saved from it.
    #[serde(default)]
    pub saved_models: Vec<SavedModel>,
    /// The data it read.
    pub data_repository: Option<DataRepository>,
    /// The branch of the data.
    pub data_branch: Option<String>,
    /// The commit of the data; decides where a branch is named too.
    pub data_commit: Option<String>,
    /// The connection it was submitted through; never its secrets.
    #[serde(alias = "connections")]
    pub connection: Option<ConnectionSummary>,
    /// The account that the machine's time is charged to.
    pub compute_budget_account: Option<String>,
    /// The way to the MLproject file, or to its folder, from the root of the code.
    pub mlflow_mlproject_file_path: Option<String>,
    /// The entry point of the MLproject.
    pub entry_point: Option<String>,
    /// The values that were given to the entry point.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub mlflow_parameters: Option<Map<String, Value>>,
    /// Where and how it is executed.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub backend_config: Option<Map<String, Value>>,
    /// Its state.
    pub status: RunStatus,
    /// When it was made.
    pub created_at: UnixMillis,
    /// When it began; missing until it does.
    #[serde(alias = "start_time")]
    pub start_time: Option<UnixMillis>,
    /// When it ended; missing until it does.
    #[serde(alias = "end_time")]
    pub end_time: Option<UnixMillis>,
    /// Where its artifacts lie.
    #[serde(alias = "artifact_uri")]
    pub artifact_uri: String,
    /// Whether it is in use or in the bin.
    #[serde(alias = "lifecycle_stage")]
    pub lifecycle_stage: LifecycleStage,
    /// Who started it.
    pub user: User,
    /// Its labels, by scope and name.
    #[serde(default)]
    pub labels: Vec<Label>,
    /// What people noted about it, in Markdown: MLflow's tag `mlflow.note.content`. Empty when there is none.
    #[serde(default)]
    pub note: String,
    /// The note as a tree; only where a single run is asked for.
    #[serde(default)]
    pub note_document: Vec<Node>,
    /// The machine it ran on.
    pub infrastructure: Option<RunInfrastructure>,
    /// The notebook it was started from.
    pub notebook_source: Option<NoteBookSource>,
    /// The run of the same project that it is a part of, as MLflow's tag `mlflow.parentRunId` says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_run: Option<ParentRun>,
    /// How far this server has come with executing it; absent where somebody else does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job: Option<RunJob>,
    /// Counts its changes; the `ETag` is `"v<version>"`.
    pub version: i64,
}

/// The run that another one is a part of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ParentRun {
    /// Identifies the run.
    pub run_id: RunId,
    /// Its display name.
    pub name: String,
}

impl Listed for Run {
    const PROPERTY: &'static str = "runs";
}
