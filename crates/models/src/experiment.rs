//! Experiments: Mantik's side of an MLflow experiment.

use serde::{Deserialize, Serialize};

use crate::id::ExperimentRepositoryId;
use crate::label::Label;
use crate::page::Listed;
use crate::text::Name;
use crate::time::UnixMillis;
use crate::usage::UsageSummary;

/// An experiment repository, one to one with an MLflow experiment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExperimentRepository {
    /// Identifies the repository.
    #[serde(alias = "experimentId")]
    pub experiment_repository_id: ExperimentRepositoryId,
    /// The id of the MLflow experiment: a number, as text.
    pub mlflow_experiment_id: String,
    /// The name, unique in its project.
    pub name: String,
    /// Where its runs keep their artifacts.
    #[serde(alias = "artifact_location")]
    pub artifact_location: String,
    /// `active` or `deleted`.
    #[serde(alias = "lifecycle_stage")]
    pub lifecycle_stage: LifecycleStage,
    /// When it was made.
    #[serde(alias = "creation_time")]
    pub creation_time: UnixMillis,
    /// When it was changed last.
    #[serde(alias = "last_update_time")]
    pub last_update_time: UnixMillis,
    /// Its labels.
    #[serde(default)]
    pub labels: Vec<Label>,
    /// Its runs; only where lists are asked for, or this alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runs: Option<UsageSummary>,
    /// Counts its changes; the `ETag` is `"v<version>"`.
    pub version: i64,
}

impl Listed for ExperimentRepository {
    const PROPERTY: &'static str = "experimentRepositories";
}

/// Whether something is in use or in the bin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum LifecycleStage {
    /// In use.
    Active,
    /// Deleted, and can be restored.
    Deleted,
}

impl LifecycleStage {
    /// The spelling on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Deleted => "deleted",
        }
    }
}

/// Asks for a new experiment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewExperimentRepository {
    /// The name, unique in its project.
    pub name: Name,
}

/// Changes an experiment; what is missing stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExperimentRepositoryPatch {
    /// A new name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// Whether it is in use or in the bin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifecycle_stage: Option<LifecycleStage>,
}
