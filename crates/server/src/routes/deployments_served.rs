//! Deployments that the server serves itself: started, stopped, and what became of them.

use axum::extract::State;
use models::deployment::{DeploymentEvent, DeploymentInformation, DeploymentMode};
use models::id::{DeploymentId, ProjectId};
use models::page::{Page, PageQuery};
use models::paths;
use models::permission::Action;
use models::run::{LogLines, LogLinesQuery};
use utoipa_axum::routes;

use super::deployments::may_tend;
use super::run_logs;
use crate::AppState;
use crate::auth::{Access, Routes, SignedIn};
use crate::error::Error;
use crate::http::{Json, Paging, Path, Query, Versioned};
use crate::services;
use crate::store::Store;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::ViewProject, routes!(modes))
        .add(Action::ServeModels, routes!(start))
        .add(Action::ServeModels, routes!(stop))
        .add(Action::ReadPredictions, routes!(history))
        .add(Action::ReadPredictions, routes!(log))
}

/// The ways of deploying that the server itself has, each with what it wants to know. Any other name may be chosen, too: then
/// the server only asks the endpoint that is entered.
#[utoipa::path(get, path = paths::DEPLOYMENT_MODES, tag = "deployments", operation_id = "list_deployment_modes",
    responses((status = 200, description = "The ways, and why one is not to be had where it is not.", body = Vec<DeploymentMode>)))]
async fn modes(State(state): State<AppState>) -> Json<Vec<DeploymentMode>> {
    Json(services::modes(&state))
}

/// Have the server serve a deployment of the mode `Local`: one's own, or as a maintainer anybody's. It answers once its state
/// is `RUNNING`. Where it is served already, this changes nothing.
#[utoipa::path(post, path = paths::DEPLOYMENT_START, tag = "deployments", operation_id = "start_deployment",
    responses((status = 200, description = "As it is now.", body = DeploymentInformation),
        (status = 409, description = "It cannot be served here; says what to do.", body = models::problem::Problem)))]
async fn start(
    State(state): State<AppState>,
    access: Access,
    signed_in: SignedIn,
    Path((project, id)): Path<(ProjectId, DeploymentId)>,
) -> Result<Versioned<DeploymentInformation>, Error> {
    may_tend(state.store(), access, &signed_in, id).await?;
    let by = signed_in.user.user_id;
    Ok(versioned(services::start_deployment(&state, project, id, by).await?))
}

/// Have the server serve a deployment no more: one's own, or as a maintainer anybody's. Its state is `STOPPED` once all its
/// processes have ended. Where it is not served, this changes nothing.
#[utoipa::path(post, path = paths::DEPLOYMENT_STOP, tag = "deployments", operation_id = "stop_deployment",
    responses((status = 200, description = "As it is now.", body = DeploymentInformation),
        (status = 409, description = "Servers have no hand in it.", body = models::problem::Problem)))]
async fn stop(
    State(state): State<AppState>,
    access: Access,
    signed_in: SignedIn,
    Path((project, id)): Path<(ProjectId, DeploymentId)>,
) -> Result<Versioned<DeploymentInformation>, Error> {
    may_tend(state.store(), access, &signed_in, id).await?;
    let by = signed_in.user.user_id;
    Ok(versioned(services::stop_deployment(&state, project, id, by).await?))
}

/// The last states that a deployment came to, the last one first: when, why, and who asked for it.
#[utoipa::path(get, path = paths::DEPLOYMENT_HISTORY, tag = "deployments", operation_id = "list_deployment_history",
    params(PageQuery), responses((status = 200, description = "A page.", body = Page<DeploymentEvent>)))]
async fn history(
    State(store): State<Store>,
    Path((project, id)): Path<(ProjectId, DeploymentId)>,
    Paging(page): Paging,
) -> Result<Json<Page<DeploymentEvent>>, Error> {
    Ok(Json(store.deployment_events(project, id, page).await?))
}

/// Some lines of what the processes of a deployment printed, of which the last 4 MiB are kept. The first line that is kept has
/// the number 1.
#[utoipa::path(get, path = paths::DEPLOYMENT_LOGS_LINES, tag = "deployments", operation_id = "list_deployment_log_lines",
    params(LogLinesQuery), responses((status = 200, description = "The lines, in order.", body = LogLines)))]
async fn log(
    State(store): State<Store>,
    Path((project, id)): Path<(ProjectId, DeploymentId)>,
    Query(query): Query<LogLinesQuery>,
) -> Result<Json<LogLines>, Error> {
    let length = async { store.serving_log_length(project, id).await };
    let wanted = run_logs::wanted(&query, length).await?;
    Ok(Json(store.serving_log_lines(project, id, wanted).await?))
}

fn versioned(deployment: DeploymentInformation) -> Versioned<DeploymentInformation> {
    Versioned { version: deployment.version, body: deployment }
}
