//! Whether a run could be started.

use axum::extract::State;
use models::paths;
use models::permission::Action;
use models::run::{AddRun, RunCheck};
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::{Access, Routes};
use crate::error::Error;
use crate::http::{Acting, Json};
use crate::services;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state).add(Action::SubmitRuns, routes!(check))
}

/// Whether a run could be started as it is asked for; nothing is made or started. The code is read at its host as for its
/// entry points, and the connection must be the caller's own.
#[utoipa::path(post, path = paths::RUNS_CHECK, tag = "runs", operation_id = "check_run",
    request_body(content = AddRun, example = json!({
        "name": "baseline", "experimentRepositoryId": "0190a5b2-c3d4-7e5f-8a9b-cdef01234567", "branch": "main",
        "entryPoint": "train", "mlflowParameters": {"alpha": 0.1},
        "backendConfig": {"UnicoreApiUrl": "https://example.org/rest/core", "Resources": {"Queue": "devel"}},
    })),
    responses((status = 200, description = "What was found; nothing when it can be started.", body = RunCheck)))]
async fn check(
    State(state): State<AppState>,
    Acting(actor): Acting,
    access: Access,
    Json(run): Json<AddRun>,
) -> Result<Json<RunCheck>, Error> {
    Ok(Json(services::check_run(&state, actor, access.project_id, &run).await?))
}
