//! What was used by which runs: the way from code, data, experiments and models to runs and their partners.

use serde::{Deserialize, Serialize};

use crate::code::CodeRepository;
use crate::connection::ConnectionSummary;
use crate::data::DataRepository;
use crate::experiment::ExperimentRepository;
use crate::id::RunId;
use crate::model::ModelRepository;
use crate::page::Listed;
use crate::run::{RunStatus, StatusCounts};
use crate::time::UnixMillis;

/// The runs that used something, in brief.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UsageSummary {
    /// How many there are, without those in the bin.
    pub total: u64,
    /// How many are in which state.
    #[serde(default)]
    pub counts: StatusCounts,
    /// When the last of them began; `null` when none did.
    pub last_used: Option<UnixMillis>,
}

/// A run that used something, and what it used besides, without descriptions. What the list is about is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RunUsage {
    /// Identifies the run.
    pub run_id: RunId,
    /// The same id in MLflow's spelling: 32 hexadecimal digits.
    #[serde(alias = "run_id")]
    pub mlflow_run_id: String,
    /// What the run is called.
    pub name: String,
    /// The state of the run.
    pub status: RunStatus,
    /// When the run began; `null` until it does.
    #[serde(alias = "start_time")]
    pub start_time: Option<UnixMillis>,
    /// The code that it executed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_repository: Option<CodeRepository>,
    /// The experiment it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub experiment_repository: Option<ExperimentRepository>,
    /// The definition of the model that it trained.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model_repository: Option<ModelRepository>,
    /// The data it read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_repository: Option<DataRepository>,
    /// The connection it was submitted through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<ConnectionSummary>,
}

impl RunUsage {
    /// How many runs are told of one thing at most.
    pub const MAX_PER_THING: u64 = 200;
    /// How many runs one answer tells at most: the things of a page share them evenly.
    pub const MAX_PER_ANSWER: u64 = 2000;
}

macro_rules! usages {
    ($($(#[$doc:meta])* $name:ident { $field:ident: $repository:ident } = $property:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            /// What was used.
            pub $field: $repository,
            /// The newest runs that used it, newest first, 200 at most; empty when none did.
            #[serde(default)]
            pub usage: Vec<RunUsage>,
            /// How many runs used it in all.
            #[serde(default)]
            pub total_usage: u64,
            /// When the last of them began; `null` when none did.
            #[serde(default)]
            pub last_used: Option<UnixMillis>,
        }

        impl Listed for $name {
            const PROPERTY: &'static str = $property;
        }
    )+};
}

usages! {
    /// A code repository, and the runs that executed its code.
    RunsByCodeRepository { code_repository: CodeRepository } = "codeRepositoriesWithUsage";
    /// A data repository, and the runs that read its data.
    RunsByDataRepository { data_repository: DataRepository } = "dataRepositoriesWithUsage";
    /// An experiment, and its runs.
    RunsByExperiment { experiment_repository: ExperimentRepository } = "experimentsWithUsage";
    /// The definition of a model, and the runs that trained it.
    RunsByModel { model_repository: ModelRepository } = "modelsWithUsage";
}
