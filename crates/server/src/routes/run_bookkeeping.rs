//! What the `mantik` client tells of a run that it executes: its state, machine, notebook and log.

use axum::extract::State;
use axum::http::StatusCode;
use models::id::{ProjectId, RunId};
use models::paths;
use models::permission::Action;
use models::run::{LogLength, NoteBookSource, RunInfrastructure, RunPatch, RunStatus};
use utoipa_axum::routes;

use super::runs::unknown_status;
use crate::AppState;
use crate::auth::Routes;
use crate::error::Error;
use crate::http::{Json, Path};
use crate::store::Store;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::EditRuns, routes!(set_status))
        .add(Action::EditRuns, routes!(set_infrastructure))
        .add(Action::EditRuns, routes!(set_notebook))
        .add_small(Action::EditRuns, LogLength::MAX_WHOLE, routes!(set_log))
        .add(Action::ViewProject, routes!(log))
}

/// Put a run into another state.
#[utoipa::path(put, path = paths::RUN_STATUS, tag = "runs", operation_id = "set_run_status",
    request_body(content = RunStatus, example = json!("FINISHED")),
    responses((status = 204, description = "Noted.")))]
async fn set_status(
    State(store): State<Store>,
    Path((project, id)): Path<(ProjectId, RunId)>,
    Json(status): Json<RunStatus>,
) -> Result<StatusCode, Error> {
    if status == RunStatus::Unknown {
        return Err(unknown_status("status"));
    }
    let patch = RunPatch { status: Some(status), ..RunPatch::default() };
    store.change_run(project, id, patch, None).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Describe the machine that a run runs on.
#[utoipa::path(put, path = paths::RUN_INFRASTRUCTURE, tag = "runs", operation_id = "set_run_infrastructure",
    request_body = RunInfrastructure, responses((status = 204, description = "Noted.")))]
async fn set_infrastructure(
    State(store): State<Store>,
    Path((project, id)): Path<(ProjectId, RunId)>,
    Json(infrastructure): Json<RunInfrastructure>,
) -> Result<StatusCode, Error> {
    store.set_run_infrastructure(project, id, infrastructure).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Name the notebook that a run was started from.
#[utoipa::path(put, path = paths::RUN_NOTEBOOK_SOURCE, tag = "runs", operation_id = "set_run_notebook",
    request_body = NoteBookSource, responses((status = 204, description = "Noted.")))]
async fn set_notebook(
    State(store): State<Store>,
    Path((project, id)): Path<(ProjectId, RunId)>,
    Json(notebook): Json<NoteBookSource>,
) -> Result<StatusCode, Error> {
    store.set_run_notebook(project, id, notebook).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Keep what a run printed, in place of what was kept before.
#[utoipa::path(put, path = paths::RUN_LOGS, tag = "runs", operation_id = "set_run_log",
    request_body(content = String, example = json!("epoch 1: loss 0.3\n")),
    responses((status = 204, description = "Kept.")))]
async fn set_log(
    State(store): State<Store>,
    Path((project, id)): Path<(ProjectId, RunId)>,
    Json(text): Json<String>,
) -> Result<StatusCode, Error> {
    store.set_run_log(project, id, text).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a run printed, at most 16 MiB; empty when it told nothing.
#[utoipa::path(get, path = paths::RUN_LOGS, tag = "runs", operation_id = "get_run_log",
    responses((status = 200, description = "The whole log.", body = String),
        (status = 413, description = "It is longer; a link to its file leads to it.", body = models::problem::Problem)))]
async fn log(
    State(store): State<Store>,
    Path((project, id)): Path<(ProjectId, RunId)>,
) -> Result<Json<String>, Error> {
    // All of it lies in memory until it is sent.
    if store.run_log_length(project, id).await?.total_bytes > LogLength::MAX_WHOLE as u64 {
        return Err(Error::TooLongAnswer(
            "This log is too long for one text. Ask for a link to its file at `logs/file` below this run, or for some of its \
             lines at `logs/lines`.",
        ));
    }
    Ok(Json(store.run_log(project, id).await?))
}
