//! An experiment as it is stored.

use models::{
    experiment::{ExperimentRepository, LifecycleStage},
    id::ProjectId,
};

use crate::store::{Connection, Row, StoreError, object_labels};

/// An experiment, with what only the server knows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Experiment {
    /// MLflow's experiment id.
    pub number: i64,
    /// The project it belongs to.
    pub project_id: ProjectId,
    /// Whether runs come here that name no experiment: MLflow's experiment 0.
    pub is_default: bool,
    /// What the world knows of it.
    pub repository: ExperimentRepository,
}

impl Experiment {
    /// Whether it is in use.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.repository.lifecycle_stage == LifecycleStage::Active
    }
}

pub(super) async fn read_all(
    connection: &mut Connection,
    rows: &[Row],
) -> Result<Vec<Experiment>, StoreError> {
    let mut experiments = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let ids = experiments.iter().map(|experiment| experiment.repository.experiment_repository_id.0).collect();
    let mut labels = object_labels::of_objects(connection, ids).await?;
    for Experiment { repository, .. } in &mut experiments {
        repository.labels = labels.remove(&repository.experiment_repository_id.0).unwrap_or_default();
    }
    Ok(experiments)
}

pub(super) async fn read_one(connection: &mut Connection, row: Row) -> Result<Experiment, StoreError> {
    read_all(connection, &[row]).await?.pop().ok_or(StoreError::NotFound)
}

fn read(row: &Row) -> Result<Experiment, StoreError> {
    let number: i64 = row.get("experiment_number")?;
    Ok(Experiment {
        number,
        project_id: row.get("project_id")?,
        is_default: row.get("is_default")?,
        repository: ExperimentRepository {
            experiment_repository_id: row.get("experiment_repository_id")?,
            mlflow_experiment_id: number.to_string(),
            name: row.get("name")?,
            artifact_location: row.get("artifact_location")?,
            lifecycle_stage: lifecycle_stage(&row.get::<String>("lifecycle_stage")?),
            creation_time: row.get("created_at")?,
            last_update_time: row.get("updated_at")?,
            labels: Vec::new(),
            runs: None,
            version: row.get("version")?,
        },
    })
}

/// The stage that is stored as `text`.
pub(in crate::store) fn lifecycle_stage(text: &str) -> LifecycleStage {
    if text == LifecycleStage::Deleted.as_str() { LifecycleStage::Deleted } else { LifecycleStage::Active }
}
