//! Makes experiments.

use models::{
    event::{Event, EventTopic},
    experiment::LifecycleStage,
    id::{ExperimentRepositoryId, ProjectId},
    run::KeyValue,
};
use uuid::Uuid;

use super::{numbered, record::Experiment, record::read_one, tags};
use crate::store::{Connection, Sql, Store, StoreError};

/// What MLflow calls the experiment of runs that name none.
const DEFAULT_NAME: &str = "Default";

impl Store {
    /// Makes an experiment. Without an artifact location its artifacts lie on this server.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the name is taken in the project, also by one in the bin.
    pub async fn create_experiment(
        &self,
        project: ProjectId,
        name: String,
        artifact_location: Option<String>,
        tags: Vec<KeyValue>,
    ) -> Result<Experiment, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let number = insert(connection, project, &name, artifact_location, false).await?;
                for KeyValue { key, value } in &tags {
                    tags::set(connection, number, key, value).await?;
                }
                numbered(connection, number).await
            })
        })
        .await
    }

    /// The experiment of a project for runs that name none, if it was made.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn existing_default_experiment(
        &self,
        project: ProjectId,
    ) -> Result<Option<Experiment>, StoreError> {
        find_default(&mut self.read().await?, project).await
    }

    /// The experiment of a project for runs that name none; made where there is none yet.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn default_experiment(&self, project: ProjectId) -> Result<Experiment, StoreError> {
        if let Some(found) = find_default(&mut self.read().await?, project).await? {
            return Ok(found);
        }
        self.write(move |connection| Box::pin(make_default(connection, project))).await
    }
}

async fn find_default(
    connection: &mut Connection,
    project: ProjectId,
) -> Result<Option<Experiment>, StoreError> {
    let sql = Sql::new("SELECT * FROM experiments WHERE project_id = $1 AND is_default").with(project);
    match connection.fetch_optional(sql).await? {
        Some(row) => read_one(connection, row).await.map(Some),
        None => Ok(None),
    }
}

async fn make_default(connection: &mut Connection, project: ProjectId) -> Result<Experiment, StoreError> {
    if let Some(found) = find_default(connection, project).await? {
        return Ok(found);
    }
    let sql = Sql::new("UPDATE experiments SET is_default = TRUE WHERE project_id = $1 AND name = $2");
    if connection.execute(sql.with(project).with(DEFAULT_NAME)).await? == 0 {
        insert(connection, project, DEFAULT_NAME, None, true).await?;
    }
    find_default(connection, project).await?.ok_or(StoreError::NotFound)
}

async fn insert(
    connection: &mut Connection,
    project: ProjectId,
    name: &str,
    artifact_location: Option<String>,
    is_default: bool,
) -> Result<i64, StoreError> {
    let sql = Sql::new(
        "INSERT INTO experiments (experiment_repository_id, project_id, name, is_default, artifact_location, \
         lifecycle_stage, created_at, updated_at, version) VALUES ($1, $2, $3, $4, '', $5, $6, $6, 1) \
         RETURNING experiment_number",
    )
    .with(ExperimentRepositoryId(Uuid::now_v7()))
    .with(project)
    .with(name)
    .with(is_default)
    .with(LifecycleStage::Active.as_str())
    .with(crate::clock::now());
    let taken = "The project has an experiment of this name already.";
    let row = connection.fetch_one(sql).await.map_err(|error| error.or_conflict(taken))?;
    let number: i64 = row.get("experiment_number")?;
    let location = artifact_location.unwrap_or_else(|| format!("mlflow-artifacts:/{number}"));
    let sql = Sql::new("UPDATE experiments SET artifact_location = $1 WHERE experiment_number = $2");
    connection.execute(sql.with(location).with(number)).await?;
    connection.publish(Event { project_id: project, topic: EventTopic::Experiments, run_id: None });
    Ok(number)
}
