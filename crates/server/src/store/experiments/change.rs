//! Renames experiments, and moves them to the bin and back with their runs.

use models::{
    event::{Event, EventTopic},
    experiment::{ExperimentRepositoryPatch, LifecycleStage},
    id::{ExperimentRepositoryId, ProjectId},
    time::UnixMillis,
};

use super::{identified, record::Experiment};
use crate::store::{Connection, Sql, Store, StoreError, run_counts};

impl Store {
    /// Changes an experiment. Its active runs go to the bin with it, and come back with it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Stale`] when it is not at `version` any more; [`StoreError::Conflict`]
    /// when the new name is taken.
    pub async fn change_experiment(
        &self,
        project: ProjectId,
        id: ExperimentRepositoryId,
        patch: ExperimentRepositoryPatch,
        version: Option<i64>,
    ) -> Result<Experiment, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let current = identified(connection, project, id).await?;
                if version.is_some_and(|version| version != current.repository.version) {
                    return Err(StoreError::Stale);
                }
                let stage = patch.lifecycle_stage.unwrap_or(current.repository.lifecycle_stage);
                let now = crate::clock::now();
                if stage != current.repository.lifecycle_stage {
                    move_runs(connection, &current, stage, now).await?;
                }
                let name = patch.name.as_ref().map_or(current.repository.name.as_str(), |name| name.as_str());
                update(connection, &current, name, stage, now).await?;
                connection.publish(Event {
                    project_id: project,
                    topic: EventTopic::Experiments,
                    run_id: None,
                });
                identified(connection, project, id).await
            })
        })
        .await
    }
}

async fn update(
    connection: &mut Connection,
    current: &Experiment,
    name: &str,
    stage: LifecycleStage,
    now: UnixMillis,
) -> Result<(), StoreError> {
    // In the bin this stays the time of the deletion, which also the runs carry that went with it.
    let stays = stage == LifecycleStage::Deleted && !current.is_active();
    let updated_at = if stays { current.repository.last_update_time } else { now };
    let sql = Sql::new(
        "UPDATE experiments SET name = $1, lifecycle_stage = $2, updated_at = $3, version = version + 1 \
         WHERE experiment_number = $4",
    );
    let sql = sql.with(name).with(stage.as_str()).with(updated_at).with(current.number);
    let taken = "The project has an experiment of this name already.";
    connection.execute(sql).await.map_err(|error| error.or_conflict(taken)).map(drop)
}

/// Moves the runs to the bin or back. Those that were in the bin before the experiment stay there: the time of their
/// deletion tells them apart.
async fn move_runs(
    connection: &mut Connection,
    experiment: &Experiment,
    stage: LifecycleStage,
    now: UnixMillis,
) -> Result<(), StoreError> {
    let sql = match stage {
        LifecycleStage::Deleted => Sql::new(
            "UPDATE runs SET lifecycle_stage = 'deleted', deleted_at = $2, version = version + 1 \
             WHERE experiment_number = $1 AND lifecycle_stage = 'active'",
        )
        .with(experiment.number)
        .with(now),
        LifecycleStage::Active => Sql::new(
            "UPDATE runs SET lifecycle_stage = 'active', deleted_at = NULL, version = version + 1 \
             WHERE experiment_number = $1 AND lifecycle_stage = 'deleted' AND deleted_at = $2",
        )
        .with(experiment.number)
        .with(experiment.repository.last_update_time),
    };
    connection.execute(sql).await?;
    run_counts::count_again(connection, experiment.project_id, experiment.number).await?;
    connection.publish(Event { project_id: experiment.project_id, topic: EventTopic::Run, run_id: None });
    Ok(())
}
