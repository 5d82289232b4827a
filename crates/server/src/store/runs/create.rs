//! Makes runs.

use models::{
    event::{Event, EventTopic},
    experiment::LifecycleStage,
    id::{
        CodeRepositoryId, ConnectionId, DataRepositoryId, ExperimentRepositoryId, ModelRepositoryId,
        ProjectId, RunId, UserId,
    },
    run::{AddRun, AddedRun, RunStatus},
    time::UnixMillis,
};
use uuid::Uuid;

use super::{RunDetails, RunRecord, identified, rename, set_sources};
use crate::store::{
    Batch, Connection, ExecutorKind, Once, Sql, Store, StoreError,
    experiments::{self, Experiment},
    idempotency, jobs, run_counts, run_data,
};

/// A run to be made.
#[derive(Debug, Clone)]
pub struct NewRun {
    /// Its id.
    pub id: RunId,
    /// Who starts it.
    pub user: UserId,
    /// Its display name.
    pub name: String,
    /// Its first state.
    pub status: RunStatus,
    /// When it was made; now, when missing.
    pub created_at: Option<UnixMillis>,
    /// When it begins, or began; missing until it does.
    pub start_time: Option<UnixMillis>,
    /// What it uses.
    pub sources: Sources,
    /// What is only shown.
    pub details: RunDetails,
}

/// The code, data, model and connection that a run uses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    /// The code that is executed.
    pub code: Option<CodeRepositoryId>,
    /// The branch of the code.
    pub branch: Option<String>,
    /// The commit of the code.
    pub commit: Option<String>,
    /// The data it reads.
    pub data: Option<DataRepositoryId>,
    /// The branch of the data.
    pub data_branch: Option<String>,
    /// The commit of the data.
    pub data_commit: Option<String>,
    /// The definition of the model that is trained.
    pub model: Option<ModelRepositoryId>,
    /// The connection it is submitted through.
    pub connection: Option<ConnectionId>,
}

impl Store {
    /// Makes a run in an experiment of this number.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such experiment; [`StoreError::Conflict`] when it is in the bin, or
    /// the id is taken; [`StoreError::Invalid`] when the run uses something of another project.
    pub async fn create_run(&self, experiment: i64, new: NewRun) -> Result<RunRecord, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let experiment = experiments::numbered(connection, experiment).await?;
                insert(connection, &experiment, new).await
            })
        })
        .await
    }

    /// Makes a run in an experiment of this number, and logs a batch to it.
    ///
    /// # Errors
    /// As [`Store::create_run`] and [`Store::log_batch`].
    pub async fn create_run_with(
        &self,
        experiment: i64,
        new: NewRun,
        batch: Batch,
    ) -> Result<RunRecord, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let experiment = experiments::numbered(connection, experiment).await?;
                let run = insert(connection, &experiment, new).await?;
                run_data::log(connection, &run, &batch).await?;
                identified(connection, run.id).await
            })
        })
        .await
    }

    /// Makes the run that is asked for, or says of an existing MLflow run what it uses. The same request with the same
    /// `once` has its effect once.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when it names something that is not of this project; [`StoreError::Conflict`] when the
    /// experiment is in the bin.
    pub async fn add_run(
        &self,
        project: ProjectId,
        user: UserId,
        status: RunStatus,
        add: AddRun,
        once: Option<Once>,
    ) -> Result<AddedRun, StoreError> {
        self.add_run_for(project, user, status, add, None, once).await
    }

    /// Makes the run that is asked for, and with it the job by which `executor` executes it.
    ///
    /// # Errors
    /// As [`Store::add_run`]; [`StoreError::Invalid`] when it names a run that is there already.
    pub async fn submit_run(
        &self,
        project: ProjectId,
        user: UserId,
        add: AddRun,
        executor: ExecutorKind,
        once: Option<Once>,
    ) -> Result<AddedRun, StoreError> {
        self.add_run_for(project, user, RunStatus::Scheduled, add, Some(executor), once).await
    }

    async fn add_run_for(
        &self,
        project: ProjectId,
        user: UserId,
        status: RunStatus,
        add: AddRun,
        executor: Option<ExecutorKind>,
        once: Option<Once>,
    ) -> Result<AddedRun, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                if let Some(answer) = idempotency::answer_before(connection, once.as_ref()).await? {
                    return Ok(answer);
                }
                let run = add_within(connection, (project, user), status, add, executor).await?;
                let added = AddedRun { run_id: run.id, timestamp: run.created_at.0.to_string() };
                idempotency::keep_answer(connection, once, &added).await?;
                Ok(added)
            })
        })
        .await
    }
}

/// Makes the run that is asked for, or says of an existing one what it uses, in a transaction; with it the job by which
/// `executor` executes it, if any.
pub(in crate::store) async fn add_within(
    connection: &mut Connection,
    (project, user): (ProjectId, UserId),
    status: RunStatus,
    add: AddRun,
    executor: Option<ExecutorKind>,
) -> Result<RunRecord, StoreError> {
    let experiment = experiment_of(connection, project, add.experiment_repository_id).await?;
    let id = add.mlflow_run_id.unwrap_or_else(|| RunId(Uuid::now_v7()));
    let new = requested(add, id, user, status);
    let run = match identified(connection, id).await {
        Ok(_) if executor.is_some() => Err(StoreError::Invalid {
            field: "mlflowRunId",
            message: "leave it out: a run that is executed here is made anew".to_owned(),
        }),
        Ok(run) if jobs::is_executed(connection, run.number).await? => Err(StoreError::Conflict(format!(
            "“{}” is executed by the server, as it was submitted. Start a new run instead.",
            run.name
        ))),
        Ok(run) if run.experiment_number == experiment.number => link(connection, run, new).await,
        Ok(_) => Err(StoreError::Invalid {
            field: "mlflowRunId",
            message: "this run belongs to another experiment".to_owned(),
        }),
        Err(StoreError::NotFound) => insert(connection, &experiment, new).await,
        Err(error) => Err(error),
    }?;
    if let Some(executor) = executor {
        jobs::insert(connection, &run, executor).await?;
    }
    Ok(run)
}

/// The experiment of a project that a request names.
pub(in crate::store) async fn experiment_of(
    connection: &mut Connection,
    project: ProjectId,
    id: ExperimentRepositoryId,
) -> Result<Experiment, StoreError> {
    experiments::identified(connection, project, id).await.map_err(|error| {
        let message = "choose an experiment of this project".to_owned();
        let unknown = StoreError::Invalid { field: "experimentRepositoryId", message };
        if matches!(error, StoreError::NotFound) { unknown } else { error }
    })
}

fn requested(add: AddRun, id: RunId, user: UserId, status: RunStatus) -> NewRun {
    let sources = Sources {
        code: add.code_repository_id,
        branch: add.branch.map(String::from),
        commit: add.commit.map(String::from),
        data: add.data_repository_id,
        data_branch: add.data_branch.map(String::from),
        data_commit: add.data_commit.map(String::from),
        model: add.model_repository_id,
        connection: add.connection_id,
    };
    let details = RunDetails {
        compute_budget_account: add.compute_budget_account,
        mlflow_mlproject_file_path: add.mlflow_mlproject_file_path,
        entry_point: add.entry_point,
        mlflow_parameters: add.mlflow_parameters,
        backend_config: add.backend_config,
        ..RunDetails::default()
    };
    let start_time = (status == RunStatus::Running).then(crate::clock::now);
    NewRun { id, user, name: add.name.into(), status, created_at: None, start_time, sources, details }
}

/// Says of a run that exists what it uses. What is not said stays as it is.
async fn link(connection: &mut Connection, run: RunRecord, new: NewRun) -> Result<RunRecord, StoreError> {
    let details = RunDetails {
        compute_budget_account: new
            .details
            .compute_budget_account
            .or(run.details.compute_budget_account.clone()),
        mlflow_mlproject_file_path: new
            .details
            .mlflow_mlproject_file_path
            .or(run.details.mlflow_mlproject_file_path.clone()),
        entry_point: new.details.entry_point.or(run.details.entry_point.clone()),
        mlflow_parameters: new.details.mlflow_parameters.or(run.details.mlflow_parameters.clone()),
        backend_config: new.details.backend_config.or(run.details.backend_config.clone()),
        ..run.details.clone()
    };
    let sql = Sql::new("UPDATE runs SET details = $1 WHERE run_number = $2");
    connection.execute(sql.with(serde_json::to_string(&details)?).with(run.number)).await?;
    set_sources(connection, &run, new.sources).await?;
    rename(connection, &run, &new.name).await?;
    identified(connection, run.id).await
}

/// Makes a run, with its first state and its name as MLflow's tag.
pub(super) async fn insert(
    connection: &mut Connection,
    experiment: &Experiment,
    new: NewRun,
) -> Result<RunRecord, StoreError> {
    if !experiment.is_active() {
        return Err(StoreError::Conflict(format!(
            "The experiment {} must be in the 'active' state. Current state is deleted.",
            experiment.number
        )));
    }
    let now = new.created_at.unwrap_or_else(crate::clock::now);
    let artifacts = format!("{}/{}/artifacts", experiment.repository.artifact_location, new.id.mlflow());
    let sql = Sql::new(
        "INSERT INTO runs (run_id, project_id, experiment_number, user_id, name, status, lifecycle_stage, created_at, \
         start_time, artifact_uri, details, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1) \
         RETURNING run_number",
    )
    .with(new.id)
    .with(experiment.project_id)
    .with(experiment.number)
    .with(new.user)
    .with(new.name.as_str())
    .with(new.status.as_str())
    .with(LifecycleStage::Active.as_str())
    .with(now)
    .with(new.start_time)
    .with(artifacts)
    .with(serde_json::to_string(&new.details)?);
    let taken = "There is a run with this id already.";
    connection.execute(sql).await.map_err(|error| error.or_conflict(taken))?;
    let run = identified(connection, new.id).await?;
    run_counts::add(connection, run.place(), 1).await?;
    super::change::note_status(connection, run.number, new.status, new.start_time.unwrap_or(now)).await?;
    run_data::set_tags(connection, &run, &[("mlflow.runName", &new.name)]).await?;
    connection.publish(Event { project_id: run.project_id, topic: EventTopic::Run, run_id: Some(run.id) });
    if new.sources == Sources::default() {
        return Ok(run);
    }
    set_sources(connection, &run, new.sources).await?;
    identified(connection, new.id).await
}
