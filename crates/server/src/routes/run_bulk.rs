//! Changes of many runs at once.

use axum::extract::State;
use models::id::UserId;
use models::paths;
use models::permission::Action;
use models::run::{BulkRunOutcome, BulkRunRequest};
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::{Access, Routes, SignedIn};
use crate::error::Error;
use crate::http::{Json, Turns};
use crate::store::Store;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::EditRuns, routes!(change_many))
        .add(Action::EditAllRuns, routes!(change_many_of_all))
}

/// Change many runs: a thousand at a time, the newest first. Ask again with `after` as long as the answer says `next`.
#[utoipa::path(post, path = paths::RUNS_BULK, tag = "runs", operation_id = "change_runs",
    request_body(content = BulkRunRequest, example = json!({
        "selection": {"matching": {"filter": "status = 'FAILED'", "except": []}}, "change": "archive",
    })),
    responses((status = 200, description = "What became of them.", body = BulkRunOutcome)))]
async fn change_many(
    State(store): State<Store>,
    State(turns): State<Turns<UserId>>,
    access: Access,
    signed_in: SignedIn,
    Json(request): Json<BulkRunRequest>,
) -> Result<Json<BulkRunOutcome>, Error> {
    let _turn = turns.take(signed_in.user.user_id).await?;
    Ok(Json(store.change_runs(access.project_id, signed_in.user.user_id, request).await?))
}

/// Change many runs of all projects that the caller may see, as those of one project are changed. Where her role in a
/// project is too low for it, its runs are refused, each with the reason.
#[utoipa::path(post, path = paths::ALL_RUNS_BULK, tag = "runs", operation_id = "change_all_runs",
    request_body(content = BulkRunRequest, example = json!({
        "selection": {"matching": {"filter": "status = 'FAILED'", "except": []}}, "change": "archive",
    })),
    responses((status = 200, description = "What became of them.", body = BulkRunOutcome)))]
async fn change_many_of_all(
    State(store): State<Store>,
    State(turns): State<Turns<UserId>>,
    signed_in: SignedIn,
    Json(request): Json<BulkRunRequest>,
) -> Result<Json<BulkRunOutcome>, Error> {
    let _turn = turns.take(signed_in.user.user_id).await?;
    let projects = signed_in.visible_projects(&store).await?;
    Ok(Json(store.change_runs(projects, signed_in.user.user_id, request).await?))
}
