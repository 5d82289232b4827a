//! Changes runs: their names, states and sources, and moves them to the bin and back.

use models::{
    event::{Event, EventTopic},
    experiment::LifecycleStage,
    id::{ProjectId, RunId},
    run::{NoteBookSource, Run, RunInfrastructure, RunPatch, RunStatus},
    time::UnixMillis,
};

use super::{RunDetails, RunRecord, Sources, identified, labels, nested, read::of_project};
use crate::store::{Connection, Sql, Store, StoreError, jobs, run_counts, run_counts::Place, run_data};

/// Changes an active run, as MLflow does; what is missing stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunChange {
    /// A new state.
    pub status: Option<RunStatus>,
    /// When it ended.
    pub end_time: Option<UnixMillis>,
    /// A new display name.
    pub name: Option<String>,
}

impl Store {
    /// Changes an active run.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Invalid`] when it is in the bin.
    pub async fn update_active_run(&self, id: RunId, change: RunChange) -> Result<RunRecord, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let run = run_data::active(connection, id).await?;
                if let Some(name) = &change.name {
                    rename(connection, &run, name).await?;
                }
                if change.status.is_some() || change.end_time.is_some() {
                    let status = change.status.unwrap_or(run.status);
                    jobs::tell_status(connection, &run, status, change.end_time).await?;
                }
                identified(connection, id).await
            })
        })
        .await
    }

    /// Changes a run of a project.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Stale`] when it is not at `version` any more.
    pub async fn change_run(
        &self,
        project: ProjectId,
        id: RunId,
        patch: RunPatch,
        version: Option<i64>,
    ) -> Result<Run, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let run = of_project(connection, project, id).await?;
                let run = lock(connection, run.id).await?;
                if version.is_some_and(|version| version != run.version) {
                    return Err(StoreError::Stale);
                }
                if let Some(name) = &patch.name {
                    rename(connection, &run, name.as_str()).await?;
                }
                if let Some(status) = patch.status {
                    jobs::tell_status(connection, &run, status, None).await?;
                }
                if let Some(labels) = &patch.labels {
                    labels::set(connection, &run, labels).await?;
                }
                if let Some(note) = &patch.note {
                    run_data::set_note(connection, &run, note.as_str()).await?;
                }
                let run = identified(connection, run.id).await?;
                if let Some(stage) = patch.lifecycle_stage {
                    set_stage(connection, &run, stage).await?;
                }
                let run = identified(connection, run.id).await?;
                nested(connection, vec![run]).await?.pop().ok_or(StoreError::NotFound)
            })
        })
        .await
    }

    /// Describes the machine that a run ran on.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has no such run.
    pub async fn set_run_infrastructure(
        &self,
        project: ProjectId,
        id: RunId,
        infrastructure: RunInfrastructure,
    ) -> Result<(), StoreError> {
        let change = |details: &mut RunDetails| details.infrastructure = Some(infrastructure);
        self.change_details(project, id, change).await
    }

    /// Names the notebook that a run was started from.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has no such run.
    pub async fn set_run_notebook(
        &self,
        project: ProjectId,
        id: RunId,
        notebook: NoteBookSource,
    ) -> Result<(), StoreError> {
        self.change_details(project, id, |details: &mut RunDetails| details.notebook_source = Some(notebook))
            .await
    }

    async fn change_details(
        &self,
        project: ProjectId,
        id: RunId,
        change: impl FnOnce(&mut RunDetails) + Send + 'static,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let run = of_project(connection, project, id).await?;
                let mut run = lock(connection, run.id).await?;
                change(&mut run.details);
                let sql =
                    Sql::new("UPDATE runs SET details = $1, version = version + 1 WHERE run_number = $2");
                connection.execute(sql.with(serde_json::to_string(&run.details)?).with(run.number)).await?;
                publish(connection, &run);
                Ok(())
            })
        })
        .await
    }
}

/// The run, kept from being changed by others until the transaction ends.
pub(in crate::store) async fn lock(connection: &mut Connection, id: RunId) -> Result<RunRecord, StoreError> {
    if connection.is_postgres() {
        let sql = Sql::new("SELECT run_number FROM runs WHERE run_id = $1 FOR NO KEY UPDATE").with(id);
        connection.fetch_one(sql).await?;
    }
    identified(connection, id).await
}

/// Gives a run another name, and MLflow's tag with it.
pub(in crate::store) async fn rename(
    connection: &mut Connection,
    run: &RunRecord,
    name: &str,
) -> Result<(), StoreError> {
    if run.name != name {
        let sql = Sql::new("UPDATE runs SET name = $1, version = version + 1 WHERE run_number = $2");
        connection.execute(sql.with(name).with(run.number)).await?;
        publish(connection, run);
    }
    run_data::set_tags(connection, run, &[("mlflow.runName", name)]).await
}

/// Counts a change of a run, and tells of it.
pub(in crate::store) async fn touch(connection: &mut Connection, run: &RunRecord) -> Result<(), StoreError> {
    let sql = Sql::new("UPDATE runs SET version = version + 1 WHERE run_number = $1");
    connection.execute(sql.with(run.number)).await?;
    publish(connection, run);
    Ok(())
}

/// Puts a run into another state, at a time or now. A run that begins gets its start time, one that ends its end time.
pub(in crate::store) async fn set_status(
    connection: &mut Connection,
    run: &RunRecord,
    status: RunStatus,
    at: Option<UnixMillis>,
) -> Result<(), StoreError> {
    let when = at.unwrap_or_else(crate::clock::now);
    let end_time = if status.is_final() { at.or(run.end_time).or(Some(when)) } else { None };
    let start_time =
        if status == RunStatus::Scheduled { run.start_time } else { run.start_time.or(Some(when)) };
    if (run.status, run.end_time, run.start_time) == (status, end_time, start_time) {
        return Ok(());
    }
    let sql = Sql::new(
        "UPDATE runs SET status = $1, start_time = $2, end_time = $3, version = version + 1 WHERE run_number = $4",
    );
    connection.execute(sql.with(status.as_str()).with(start_time).with(end_time).with(run.number)).await?;
    if run.status != status {
        run_counts::shift(connection, run.place(), Place { status, ..run.place() }).await?;
        note_status(connection, run.number, status, when).await?;
    }
    publish(connection, run);
    Ok(())
}

/// Adds a state to the history of a run.
pub(super) async fn note_status(
    connection: &mut Connection,
    run: i64,
    status: RunStatus,
    at: UnixMillis,
) -> Result<(), StoreError> {
    let sql = Sql::new(
        "INSERT INTO run_statuses (run_number, ordinal, status, at) \
         SELECT $1, COUNT(*), $2, $3 FROM run_statuses WHERE run_number = $1",
    );
    connection.execute(sql.with(run).with(status.as_str()).with(at)).await.map(drop)
}

/// Moves a run to the bin or back.
async fn set_stage(
    connection: &mut Connection,
    run: &RunRecord,
    stage: LifecycleStage,
) -> Result<(), StoreError> {
    if run.lifecycle_stage == stage {
        return Ok(());
    }
    let deleted_at = (stage == LifecycleStage::Deleted).then(crate::clock::now);
    let sql = Sql::new(
        "UPDATE runs SET lifecycle_stage = $1, deleted_at = $2, version = version + 1 WHERE run_number = $3",
    );
    connection.execute(sql.with(stage.as_str()).with(deleted_at).with(run.number)).await?;
    run_counts::shift(connection, run.place(), Place { stage, ..run.place() }).await?;
    publish(connection, run);
    Ok(())
}

/// Says what a run uses. What is not said stays as it is.
pub(in crate::store) async fn set_sources(
    connection: &mut Connection,
    run: &RunRecord,
    sources: Sources,
) -> Result<(), StoreError> {
    if sources == Sources::default() {
        return Ok(());
    }
    let sql = Sql::new(
        "UPDATE runs SET code_repository_id = COALESCE($1, code_repository_id), \
         git_branch = COALESCE($2, git_branch), git_commit = COALESCE($3, git_commit), \
         data_repository_id = COALESCE($4, data_repository_id), data_branch = COALESCE($5, data_branch), \
         data_commit = COALESCE($6, data_commit), model_repository_id = COALESCE($7, model_repository_id), \
         connection_id = COALESCE($8, connection_id), version = version + 1 WHERE run_number = $9",
    );
    of_same_project(connection, run.project_id, &sources).await?;
    let sql = sql.with(sources.code).with(sources.branch).with(sources.commit).with(sources.data);
    let sql =
        sql.with(sources.data_branch).with(sources.data_commit).with(sources.model).with(sources.connection);
    connection.execute(sql.with(run.number)).await?;
    publish(connection, run);
    Ok(())
}

async fn of_same_project(
    connection: &mut Connection,
    project: ProjectId,
    sources: &Sources,
) -> Result<(), StoreError> {
    let checks = [
        (
            "codeRepositoryId",
            "choose a code repository of this project",
            "SELECT 1 AS one FROM code_repositories WHERE project_id = $1 AND code_repository_id = $2",
            sources.code.map(|id| id.0),
        ),
        (
            "dataRepositoryId",
            "choose a data repository of this project",
            "SELECT 1 AS one FROM data_repositories WHERE project_id = $1 AND data_repository_id = $2",
            sources.data.map(|id| id.0),
        ),
        (
            "modelRepositoryId",
            "choose a model of this project",
            "SELECT 1 AS one FROM model_repositories WHERE project_id = $1 AND model_repository_id = $2",
            sources.model.map(|id| id.0),
        ),
    ];
    for (field, message, sql, id) in checks {
        let Some(id) = id else { continue };
        if connection.fetch_optional(Sql::new(sql).with(project).with(id)).await?.is_none() {
            return Err(StoreError::Invalid { field, message: message.to_owned() });
        }
    }
    Ok(())
}

fn publish(connection: &mut Connection, run: &RunRecord) {
    connection.publish(Event { project_id: run.project_id, topic: EventTopic::Run, run_id: Some(run.id) });
}
