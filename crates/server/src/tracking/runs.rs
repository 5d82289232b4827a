//! Runs over MLflow's API.

use models::experiment::LifecycleStage;
use models::id::RunId;
use models::permission::Action;
use models::run::{KeyValue, RunPatch, RunStatus};
use models::time::UnixMillis;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::caller::Caller;
use super::error::TrackingError;
use super::parameters::Parameters;
use super::wire::{Nothing, Pair, RunBody, RunInfo, list, optional_integer};
use super::{run_names, validate};
use crate::http::Json;
use crate::store::{Batch, NewRun, RunChange, RunDetails, RunRecord, Sources};

type Answer<T> = Result<Json<T>, TrackingError>;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Create {
    experiment_id: String,
    run_name: String,
    #[serde(deserialize_with = "optional_integer")]
    start_time: Option<i64>,
    #[serde(deserialize_with = "list")]
    tags: Vec<Pair>,
}

#[derive(Debug, Serialize)]
pub(super) struct Found {
    run: RunBody,
}

pub(super) async fn create(caller: Caller, Parameters(asked): Parameters<Create>) -> Answer<Found> {
    validate::batch_size(0, 0, asked.tags.len())?;
    let mut tags = Vec::with_capacity(asked.tags.len());
    for (n, pair) in asked.tags.into_iter().enumerate() {
        tags.push(validate::tag(pair, &format!("tags[{n}]."))?);
    }
    let name = name(&asked.run_name, &tags)?;
    let experiment = caller.experiment(&asked.experiment_id, Action::EditRuns).await?;
    let new = NewRun {
        id: RunId(Uuid::now_v7()),
        user: caller.signed_in.user.user_id,
        name,
        status: RunStatus::Running,
        created_at: None,
        start_time: Some(time(asked.start_time)?.unwrap_or_else(crate::clock::now)),
        sources: Sources::default(),
        details: RunDetails::default(),
    };
    let batch = Batch { tags, ..Batch::default() };
    let run = caller.store.create_run_with(experiment.number, new, batch).await?;
    found(&caller, run).await
}

/// The run's name: as said in one of the two ways, or a new one.
fn name(run_name: &str, tags: &[KeyValue]) -> Result<String, TrackingError> {
    let tagged = tags.iter().find(|tag| tag.key == validate::RUN_NAME).map_or("", |tag| tag.value.as_str());
    let run_name = validate::run_name(run_name);
    if !run_name.is_empty() && !tagged.is_empty() && run_name != tagged {
        return Err(TrackingError::invalid(format!(
            "Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values \
             (run_name='{run_name}', mlflow.runName='{tagged}')."
        )));
    }
    Ok(match (run_name.is_empty(), tagged) {
        (true, "") => run_names::random(),
        (true, tagged) => tagged.to_owned(),
        (false, _) => run_name,
    })
}

fn time(millis: Option<i64>) -> Result<Option<UnixMillis>, TrackingError> {
    match millis.map(UnixMillis) {
        Some(time) if !time.is_in_range() => Err(TrackingError::invalid(format!(
            "Invalid time {}: use milliseconds since 1970, up to the year 9999.",
            time.0
        ))),
        time => Ok(time),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    run_id: String,
    run_uuid: String,
}

impl Which {
    fn id(&self) -> &str {
        if self.run_id.is_empty() { &self.run_uuid } else { &self.run_id }
    }
}

pub(super) async fn get(caller: Caller, Parameters(which): Parameters<Which>) -> Answer<Found> {
    let run = caller.run(which.id(), Action::ViewProject).await?;
    found(&caller, run).await
}

async fn found(caller: &Caller, run: RunRecord) -> Answer<Found> {
    let run = with_data(caller, vec![run]).await?.pop();
    let missing = || TrackingError::missing("There is no such run");
    Ok(Json(Found { run: run.ok_or_else(missing)? }))
}

/// The runs with what they have logged.
pub(super) async fn with_data(caller: &Caller, runs: Vec<RunRecord>) -> Result<Vec<RunBody>, TrackingError> {
    let numbers: Vec<i64> = runs.iter().map(|run| run.number).collect();
    let mut logged = caller.store.logged(&numbers).await?;
    let mut experiments: Vec<i64> = runs.iter().map(|run| run.experiment_number).collect();
    experiments.dedup();
    let ids = caller.ids_of(experiments).await?;
    let body = |run: RunRecord| {
        let id = ids.get(&run.experiment_number).cloned().unwrap_or_default();
        let logged = logged.remove(&run.number).unwrap_or_default();
        RunBody::new(run, id, logged)
    };
    Ok(runs.into_iter().map(body).collect())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Update {
    run_id: String,
    run_uuid: String,
    status: Option<RunStatus>,
    #[serde(deserialize_with = "optional_integer")]
    end_time: Option<i64>,
    run_name: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Updated {
    run_info: RunInfo,
}

pub(super) async fn update(caller: Caller, Parameters(asked): Parameters<Update>) -> Answer<Updated> {
    let id = if asked.run_id.is_empty() { &asked.run_uuid } else { &asked.run_id };
    let run = caller.run(id, Action::EditRuns).await?;
    if asked.status == Some(RunStatus::Unknown) {
        return Err(TrackingError::invalid("Invalid value for parameter 'status' supplied."));
    }
    let name = validate::run_name(&asked.run_name);
    let change = RunChange {
        status: asked.status,
        end_time: time(asked.end_time)?,
        name: Some(name).filter(|name| !name.is_empty()),
    };
    let run = caller.store.update_active_run(run.id, change).await?;
    let id =
        caller.ids_of(vec![run.experiment_number]).await?.remove(&run.experiment_number).unwrap_or_default();
    Ok(Json(Updated { run_info: RunInfo::new(run, id, None) }))
}

pub(super) async fn delete(caller: Caller, Parameters(which): Parameters<Which>) -> Answer<Nothing> {
    move_to(&caller, which.id(), LifecycleStage::Deleted).await
}

pub(super) async fn restore(caller: Caller, Parameters(which): Parameters<Which>) -> Answer<Nothing> {
    move_to(&caller, which.id(), LifecycleStage::Active).await
}

async fn move_to(caller: &Caller, id: &str, stage: LifecycleStage) -> Answer<Nothing> {
    let run = caller.run(id, Action::EditRuns).await?;
    if run.lifecycle_stage == stage {
        let state = match stage {
            LifecycleStage::Active => "deleted",
            LifecycleStage::Deleted => "active",
        };
        return Err(TrackingError::invalid(format!(
            "The run {id} must be in the '{state}' state. Current state is {}.",
            stage.as_str()
        )));
    }
    let patch = RunPatch { lifecycle_stage: Some(stage), ..RunPatch::default() };
    caller.store.change_run(run.project_id, run.id, patch, None).await?;
    Ok(Json(Nothing {}))
}
