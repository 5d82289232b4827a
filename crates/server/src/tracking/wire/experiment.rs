//! Experiments as MLflow's clients see them.

use models::run::KeyValue;
use serde::Serialize;

use crate::store::Experiment;

/// An experiment.
#[derive(Debug, Clone, Serialize)]
pub(in crate::tracking) struct ExperimentBody {
    experiment_id: String,
    name: String,
    artifact_location: String,
    lifecycle_stage: &'static str,
    last_update_time: i64,
    creation_time: i64,
    tags: Vec<KeyValue>,
}

impl ExperimentBody {
    /// The experiment; the caller's own default experiment as MLflow's experiment 0.
    pub(in crate::tracking) fn new(
        experiment: Experiment,
        is_own_default: bool,
        tags: Vec<KeyValue>,
    ) -> Self {
        let repository = experiment.repository;
        Self {
            experiment_id: if is_own_default { "0".to_owned() } else { repository.mlflow_experiment_id },
            name: if is_own_default { "Default".to_owned() } else { repository.name },
            artifact_location: repository.artifact_location,
            lifecycle_stage: repository.lifecycle_stage.as_str(),
            last_update_time: repository.last_update_time.0,
            creation_time: repository.creation_time.0,
            tags,
        }
    }
}
