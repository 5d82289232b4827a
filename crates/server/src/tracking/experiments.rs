//! Experiments over MLflow's API.

use models::experiment::{ExperimentRepositoryPatch, LifecycleStage};
use models::permission::Action;
use models::query::parse;
use models::run::KeyValue;
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::error::{Code, TrackingError};
use super::parameters::Parameters;
use super::wire::{ExperimentBody, Nothing, Pair, ViewType, list, optional_integer};
use super::{limits, order, page_token, validate};
use crate::http::Json;
use crate::store::{Experiment, ExperimentSearch, StoreError};

type Answer<T> = Result<Json<T>, TrackingError>;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Create {
    name: String,
    artifact_location: Option<String>,
    #[serde(deserialize_with = "list")]
    tags: Vec<Pair>,
}

#[derive(Debug, Serialize)]
pub(super) struct Created {
    experiment_id: String,
}

pub(super) async fn create(caller: Caller, Parameters(asked): Parameters<Create>) -> Answer<Created> {
    let name = validate::experiment_name(asked.name)?;
    validate::batch_size(0, 0, asked.tags.len())?;
    let tags = asked.tags.into_iter().map(validate::experiment_tag).collect::<Result<Vec<_>, _>>()?;
    let home = caller.home()?;
    caller.require(home, Action::EditRuns, || TrackingError::missing("There is no such project")).await?;
    let exists = || {
        TrackingError::new(Code::ResourceAlreadyExists, format!("Experiment(name={name}) already exists."))
    };
    if name == "Default" {
        return Err(exists());
    }
    let location = asked.artifact_location.filter(|location| !location.is_empty());
    match caller.store.create_experiment(home, name.clone(), location, tags).await {
        Ok(experiment) => Ok(Json(Created { experiment_id: experiment.number.to_string() })),
        Err(StoreError::Conflict(_)) => Err(exists()),
        Err(error) => Err(error.into()),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    experiment_id: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Found {
    experiment: ExperimentBody,
}

pub(super) async fn get(caller: Caller, Parameters(which): Parameters<Which>) -> Answer<Found> {
    let experiment = caller.experiment(&which.experiment_id, Action::ViewProject).await?;
    found(&caller, experiment).await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Named {
    experiment_name: String,
}

pub(super) async fn get_by_name(caller: Caller, Parameters(named): Parameters<Named>) -> Answer<Found> {
    let name = named.experiment_name;
    if name.is_empty() {
        return Err(TrackingError::required("experiment_name"));
    }
    let missing = || TrackingError::missing(format!("Could not find experiment with name '{name}'"));
    let experiment = caller.experiment_by_name(&name).await?.ok_or_else(missing)?;
    found(&caller, experiment).await
}

async fn found(caller: &Caller, experiment: Experiment) -> Answer<Found> {
    let experiment = with_tags(caller, vec![experiment]).await?.pop();
    let missing = || TrackingError::missing("There is no such experiment");
    Ok(Json(Found { experiment: experiment.ok_or_else(missing)? }))
}

async fn with_tags(
    caller: &Caller,
    experiments: Vec<Experiment>,
) -> Result<Vec<ExperimentBody>, TrackingError> {
    let numbers = experiments.iter().map(|experiment| experiment.number).collect();
    let mut tags = caller.store.experiment_tags(numbers).await?;
    let body = |experiment: Experiment| {
        let tags = tags.remove(&experiment.number).unwrap_or_default();
        let is_own_default = caller.is_own_default(&experiment);
        ExperimentBody::new(experiment, is_own_default, tags)
    };
    Ok(experiments.into_iter().map(body).collect())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Search {
    #[serde(deserialize_with = "optional_integer")]
    max_results: Option<i64>,
    page_token: Option<String>,
    filter: Option<String>,
    #[serde(deserialize_with = "list")]
    order_by: Vec<String>,
    view_type: ViewType,
}

#[derive(Debug, Serialize)]
pub(super) struct Experiments {
    experiments: Vec<ExperimentBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_page_token: Option<String>,
}

pub(super) async fn search(caller: Caller, Parameters(asked): Parameters<Search>) -> Answer<Experiments> {
    let filter = asked.filter.unwrap_or_default();
    let limit = limits::page_size(asked.max_results, 1000, 50_000)?;
    let offset = page_token::offset(asked.page_token.as_deref())?;
    let search = ExperimentSearch {
        projects: caller.visible_projects().await?,
        stage: asked.view_type.stage(),
        filter: parse(&filter)
            .map_err(|error| TrackingError::invalid(format!("Invalid filter '{filter}': {error}")))?,
        order: order::of_experiments(&asked.order_by)?,
        offset,
        limit: limit + 1,
    };
    let found = caller.store.search_experiments(&search).await?;
    let (experiments, next_page_token) = page_token::cut(found, offset, limit);
    Ok(Json(Experiments { experiments: with_tags(&caller, experiments).await?, next_page_token }))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Update {
    experiment_id: String,
    new_name: String,
}

pub(super) async fn update(caller: Caller, Parameters(asked): Parameters<Update>) -> Answer<Nothing> {
    let name = validate::experiment_name(asked.new_name)?;
    let experiment = caller.experiment(&asked.experiment_id, Action::EditRuns).await?;
    if !experiment.is_active() {
        return Err(TrackingError::invalid("Cannot rename a non-active experiment."));
    }
    let name = name
        .parse()
        .map_err(|reason| TrackingError::invalid(format!("Invalid experiment name: {reason}")))?;
    change(&caller, &experiment, ExperimentRepositoryPatch { name: Some(name), lifecycle_stage: None }).await
}

pub(super) async fn delete(caller: Caller, Parameters(which): Parameters<Which>) -> Answer<Nothing> {
    let experiment = caller.experiment(&which.experiment_id, Action::EditRuns).await?;
    if !experiment.is_active() {
        let message = format!("No Experiment with id={} exists", which.experiment_id);
        return Err(TrackingError::missing(message));
    }
    change(&caller, &experiment, to_stage(LifecycleStage::Deleted)).await
}

pub(super) async fn restore(caller: Caller, Parameters(which): Parameters<Which>) -> Answer<Nothing> {
    let experiment = caller.experiment(&which.experiment_id, Action::EditRuns).await?;
    if experiment.is_active() {
        let message = format!("No Experiment with id={} exists", which.experiment_id);
        return Err(TrackingError::missing(message));
    }
    change(&caller, &experiment, to_stage(LifecycleStage::Active)).await
}

fn to_stage(stage: LifecycleStage) -> ExperimentRepositoryPatch {
    ExperimentRepositoryPatch { lifecycle_stage: Some(stage), name: None }
}

async fn change(
    caller: &Caller,
    experiment: &Experiment,
    patch: ExperimentRepositoryPatch,
) -> Answer<Nothing> {
    let id = experiment.repository.experiment_repository_id;
    match caller.store.change_experiment(experiment.project_id, id, patch, None).await {
        Ok(_) => Ok(Json(Nothing {})),
        Err(StoreError::Conflict(_)) => {
            Err(TrackingError::new(Code::ResourceAlreadyExists, "An experiment of this name already exists."))
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Tag {
    experiment_id: String,
    #[serde(flatten)]
    pair: Pair,
}

pub(super) async fn set_tag(caller: Caller, Parameters(asked): Parameters<Tag>) -> Answer<Nothing> {
    let tag: KeyValue = validate::experiment_tag(asked.pair)?;
    let number = taggable(&caller, &asked.experiment_id).await?;
    caller.store.set_experiment_tag(number, tag).await?;
    Ok(Json(Nothing {}))
}

pub(super) async fn delete_tag(caller: Caller, Parameters(asked): Parameters<Tag>) -> Answer<Nothing> {
    let number = taggable(&caller, &asked.experiment_id).await?;
    let key = asked.pair.key;
    let message = format!("No tag with name: {key} in experiment with id {}", asked.experiment_id);
    match caller.store.delete_experiment_tag(number, key).await {
        Err(StoreError::NotFound) => Err(TrackingError::missing(message)),
        result => Ok(Json(result.map(|()| Nothing {})?)),
    }
}

async fn taggable(caller: &Caller, id: &str) -> Result<i64, TrackingError> {
    let experiment = caller.experiment(id, Action::EditRuns).await?;
    if experiment.is_active() {
        return Ok(experiment.number);
    }
    let message = format!("The experiment {id} must be in the 'active' state. Current state is deleted.");
    Err(TrackingError::invalid(message))
}
