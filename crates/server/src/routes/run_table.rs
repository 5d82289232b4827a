//! The table of runs.

use axum::extract::State;
use models::id::UserId;
use models::paths;
use models::permission::Action;
use models::run_table::{
    ColumnContents, ColumnContentsRequest, GroupPage, GroupPageRequest, RunKeys, RunPage, RunPageRequest,
};
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::{Access, Routes, SignedIn};
use crate::error::Error;
use crate::http::{Json, Turns};
use crate::services::{checked_contents, checked_groups, checked_runs};
use crate::store::Store;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::ViewProject, routes!(search))
        .add(Action::ViewProject, routes!(groups))
        .add(Action::ViewProject, routes!(keys))
        .add(Action::ViewProject, routes!(contents))
}

/// A page of the table of runs, by column.
#[utoipa::path(post, path = paths::RUNS_SEARCH, tag = "runs", operation_id = "search_runs",
    request_body(content = RunPageRequest, example = json!({
        "query": {
            "filter": "metrics.loss < 0.2 AND params.optimizer = 'adam'",
            "sort": [{"field": "metrics.loss"}],
            "columns": ["metrics.loss", "params.optimizer", "user"],
        },
        "limit": 50,
    })),
    responses((status = 200, description = "The page.", body = RunPage)))]
async fn search(
    State(store): State<Store>,
    State(turns): State<Turns<UserId>>,
    access: Access,
    signed_in: SignedIn,
    Json(request): Json<RunPageRequest>,
) -> Result<Json<RunPage>, Error> {
    let _turn = turns.take(signed_in.user.user_id).await?;
    Ok(Json(store.run_page(access.project_id, checked_runs(&request)?).await?))
}

/// A page of groups of runs that share a value, with what their metrics amount to.
#[utoipa::path(post, path = paths::RUNS_GROUPS, tag = "runs", operation_id = "group_runs",
    request_body(content = GroupPageRequest, example = json!({
        "query": {"groupBy": ["data", "code"], "columns": ["metrics.loss"]},
        "within": [{"field": "data", "value": null}],
    })),
    responses((status = 200, description = "The page.", body = GroupPage)))]
async fn groups(
    State(store): State<Store>,
    State(turns): State<Turns<UserId>>,
    access: Access,
    signed_in: SignedIn,
    Json(request): Json<GroupPageRequest>,
) -> Result<Json<GroupPage>, Error> {
    let _turn = turns.take(signed_in.user.user_id).await?;
    Ok(Json(store.group_page(access.project_id, checked_groups(&request)?).await?))
}

/// The metrics and parameters that the runs of a project have logged, those of most runs first.
#[utoipa::path(get, path = paths::RUNS_KEYS, tag = "runs", operation_id = "get_run_keys",
    responses((status = 200, description = "The keys.", body = RunKeys)))]
async fn keys(State(store): State<Store>, access: Access) -> Result<Json<RunKeys>, Error> {
    Ok(Json(store.run_keys(access.project_id).await?))
}

/// Which columns are empty, the same or differing over all runs that match.
#[utoipa::path(post, path = paths::RUNS_COLUMNS, tag = "runs", operation_id = "get_column_contents",
    request_body(content = ColumnContentsRequest, example = json!({
        "query": {"filter": "status = 'FINISHED'", "columns": ["params.optimizer", "metrics.loss"]},
    })),
    responses((status = 200, description = "What they hold.", body = ColumnContents)))]
async fn contents(
    State(store): State<Store>,
    State(turns): State<Turns<UserId>>,
    access: Access,
    signed_in: SignedIn,
    Json(request): Json<ColumnContentsRequest>,
) -> Result<Json<ColumnContents>, Error> {
    let _turn = turns.take(signed_in.user.user_id).await?;
    Ok(Json(store.column_contents(access.project_id, checked_contents(&request)?).await?))
}
