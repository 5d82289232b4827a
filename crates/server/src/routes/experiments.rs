//! Experiments.

use axum::extract::State;
use axum::http::StatusCode;
use models::experiment::{
    ExperimentRepository, ExperimentRepositoryPatch, LifecycleStage, NewExperimentRepository,
};
use models::id::{ExperimentRepositoryId, ProjectId};
use models::page::{Page, PageQuery};
use models::paths;
use models::permission::Action;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::{Access, Routes};
use crate::error::Error;
use crate::http::{IfMatch, Json, Paging, Path, Query, Versioned};
use crate::services::unique_run_name;
use crate::store::{Experiment, Store, StoreError};

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::ViewProject, routes!(list))
        .add(Action::EditRepositories, routes!(create))
        .add(Action::ViewProject, routes!(show))
        .add(Action::EditRepositories, routes!(change))
        .add(Action::EditRepositories, routes!(delete))
        .add(Action::ViewProject, routes!(run_name))
}

/// Which experiments a list shows.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
struct Which {
    /// Those in use, or those in the bin.
    #[serde(default = "active")]
    #[param(required = false)]
    lifecycle_stage: LifecycleStage,
}

fn active() -> LifecycleStage {
    LifecycleStage::Active
}

/// The answer when an experiment was made.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CreatedExperiment {
    /// Identifies the experiment.
    experiment_repository_id: ExperimentRepositoryId,
    /// The id of the MLflow experiment: a number, as text.
    mlflow_experiment_id: String,
}

/// The experiments of a project, by name.
#[utoipa::path(get, path = paths::EXPERIMENTS, tag = "experiments", operation_id = "list_experiments", params(Which, PageQuery),
    responses((status = 200, description = "A page.", body = Page<ExperimentRepository>)))]
async fn list(
    State(store): State<Store>,
    access: Access,
    Query(which): Query<Which>,
    Paging(page): Paging,
) -> Result<Json<Page<ExperimentRepository>>, Error> {
    Ok(Json(store.experiments(access.project_id, which.lifecycle_stage, page).await?))
}

/// Create an experiment, which is an MLflow experiment too.
#[utoipa::path(method(post, put), path = paths::EXPERIMENTS, tag = "experiments", operation_id = "create_experiment",
    request_body(content = NewExperimentRepository, example = json!({"name": "Wine quality"})),
    responses((status = 201, description = "Created.", body = CreatedExperiment),
        (status = 409, description = "The project has an experiment of this name.", body = models::problem::Problem)))]
async fn create(
    State(store): State<Store>,
    access: Access,
    Json(new): Json<NewExperimentRepository>,
) -> Result<(StatusCode, Json<CreatedExperiment>), Error> {
    let made =
        store.create_experiment(access.project_id, new.name.into(), None, Vec::new()).await?.repository;
    let body = CreatedExperiment {
        experiment_repository_id: made.experiment_repository_id,
        mlflow_experiment_id: made.mlflow_experiment_id,
    };
    Ok((StatusCode::CREATED, Json(body)))
}

/// An experiment.
#[utoipa::path(get, path = paths::EXPERIMENT, tag = "experiments", operation_id = "get_experiment",
    responses((status = 200, description = "The experiment.", body = ExperimentRepository)))]
async fn show(
    State(store): State<Store>,
    Path((project, id)): Path<(ProjectId, ExperimentRepositoryId)>,
) -> Result<Versioned<ExperimentRepository>, Error> {
    Ok(versioned(store.experiment(project, id).await?))
}

/// Rename an experiment, or move it with its runs to the bin or back.
#[utoipa::path(method(put, post), path = paths::EXPERIMENT, tag = "experiments", operation_id = "change_experiment",
    request_body = ExperimentRepositoryPatch,
    params(("If-Match" = Option<String>, Header, description = "The version that is changed, `\"v3\"`; browsers must send it.")),
    responses((status = 200, description = "As it is now.", body = ExperimentRepository),
        (status = 409, description = "The project has an experiment of this name.", body = models::problem::Problem),
        (status = 412, description = "Somebody else was faster; the experiment as it is now.", body = models::problem::Problem),
        (status = 428, description = "A browser must say which version it changes.", body = models::problem::Problem)))]
async fn change(
    State(store): State<Store>,
    Path((project, id)): Path<(ProjectId, ExperimentRepositoryId)>,
    IfMatch(version): IfMatch,
    Json(patch): Json<ExperimentRepositoryPatch>,
) -> Result<Versioned<ExperimentRepository>, Error> {
    match store.change_experiment(project, id, patch, version).await {
        Ok(experiment) => Ok(versioned(experiment)),
        Err(StoreError::Stale) => {
            Err(Error::stale(store.experiment(project, id).await.map(|experiment| experiment.repository)))
        }
        Err(error) => Err(error.into()),
    }
}

/// Move an experiment with its runs to the bin, from where it can be restored.
#[utoipa::path(delete, path = paths::EXPERIMENT, tag = "experiments", operation_id = "delete_experiment",
    responses((status = 204, description = "In the bin.")))]
async fn delete(
    State(store): State<Store>,
    Path((project, id)): Path<(ProjectId, ExperimentRepositoryId)>,
) -> Result<StatusCode, Error> {
    let bin = ExperimentRepositoryPatch { lifecycle_stage: Some(LifecycleStage::Deleted), name: None };
    store.change_experiment(project, id, bin, None).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The name that a run is to have.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
struct Wish {
    /// The name.
    #[param(max_length = 250)]
    run_name: String,
}

/// A name for a run that no run of the experiment has: the wish itself, or the wish and a number.
#[utoipa::path(get, path = paths::EXPERIMENT_RUN_NAME, tag = "experiments", operation_id = "get_unique_run_name", params(Wish),
    responses((status = 200, description = "The name.", body = String, example = json!("training-2"))))]
async fn run_name(
    State(store): State<Store>,
    Path((project, id)): Path<(ProjectId, ExperimentRepositoryId)>,
    Query(wish): Query<Wish>,
) -> Result<Json<String>, Error> {
    let experiment = store.experiment(project, id).await?;
    Ok(Json(unique_run_name(&store, &experiment, &wish.run_name).await?))
}

fn versioned(experiment: Experiment) -> Versioned<ExperimentRepository> {
    Versioned { version: experiment.repository.version, body: experiment.repository }
}
