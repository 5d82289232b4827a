//! The table of the runs of all projects that one may see.

use axum::extract::State;
use models::id::UserId;
use models::paths;
use models::permission::Action;
use models::run_table::{
    ColumnContents, ColumnContentsRequest, GroupPage, GroupPageRequest, RunKeys, RunPage, RunPageRequest,
};
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::{Routes, SignedIn};
use crate::error::Error;
use crate::http::{Json, Turns};
use crate::services::{checked_contents, checked_groups, checked_runs};
use crate::store::Store;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::ViewAllRuns, routes!(search))
        .add(Action::ViewAllRuns, routes!(groups))
        .add(Action::ViewAllRuns, routes!(keys))
        .add(Action::ViewAllRuns, routes!(contents))
}

/// A page of the table of runs of all projects that the caller may see, by column. Each run says which project it is of.
#[utoipa::path(post, path = paths::ALL_RUNS_SEARCH, tag = "runs", operation_id = "search_all_runs",
    request_body(content = RunPageRequest, example = json!({
        "query": {"filter": "status = 'RUNNING'", "columns": ["project", "user", "metrics.loss"]}, "limit": 50,
    })),
    responses((status = 200, description = "The page.", body = RunPage)))]
async fn search(
    State(store): State<Store>,
    State(turns): State<Turns<UserId>>,
    signed_in: SignedIn,
    Json(request): Json<RunPageRequest>,
) -> Result<Json<RunPage>, Error> {
    let _turn = turns.take(signed_in.user.user_id).await?;
    let request = checked_runs(&request)?;
    let projects = signed_in.visible_projects(&store).await?;
    let only = projects.only();
    let mut page = store.run_page(projects, request).await?;
    if let Some(only) = only {
        page.project_ids = vec![only; page.run_ids.len()];
    }
    Ok(Json(page))
}

/// A page of groups of runs of all projects that the caller may see, with what their metrics amount to.
#[utoipa::path(post, path = paths::ALL_RUNS_GROUPS, tag = "runs", operation_id = "group_all_runs",
    request_body(content = GroupPageRequest, example = json!({
        "query": {"groupBy": ["project", "data"], "columns": ["metrics.loss"]},
    })),
    responses((status = 200, description = "The page.", body = GroupPage)))]
async fn groups(
    State(store): State<Store>,
    State(turns): State<Turns<UserId>>,
    signed_in: SignedIn,
    Json(request): Json<GroupPageRequest>,
) -> Result<Json<GroupPage>, Error> {
    let _turn = turns.take(signed_in.user.user_id).await?;
    let request = checked_groups(&request)?;
    let projects = signed_in.visible_projects(&store).await?;
    Ok(Json(store.group_page(projects, request).await?))
}

/// The metrics and parameters that the runs of all projects have logged that the caller may see, those of most runs
/// first; at most 5000 of a kind.
#[utoipa::path(get, path = paths::ALL_RUNS_KEYS, tag = "runs", operation_id = "get_all_run_keys",
    responses((status = 200, description = "The keys.", body = RunKeys)))]
async fn keys(State(store): State<Store>, signed_in: SignedIn) -> Result<Json<RunKeys>, Error> {
    let projects = signed_in.visible_projects(&store).await?;
    Ok(Json(store.run_keys(projects).await?))
}

/// Which columns are empty, the same or differing over all runs that match, of all projects that the caller may see.
#[utoipa::path(post, path = paths::ALL_RUNS_COLUMNS, tag = "runs", operation_id = "get_all_column_contents",
    request_body(content = ColumnContentsRequest, example = json!({
        "query": {"filter": "status = 'FINISHED'", "columns": ["project", "params.optimizer"]},
    })),
    responses((status = 200, description = "What they hold.", body = ColumnContents)))]
async fn contents(
    State(store): State<Store>,
    State(turns): State<Turns<UserId>>,
    signed_in: SignedIn,
    Json(request): Json<ColumnContentsRequest>,
) -> Result<Json<ColumnContents>, Error> {
    let _turn = turns.take(signed_in.user.user_id).await?;
    let request = checked_contents(&request)?;
    let projects = signed_in.visible_projects(&store).await?;
    Ok(Json(store.column_contents(projects, request).await?))
}
