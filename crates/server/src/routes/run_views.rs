//! Saved views of the table of runs.

use axum::extract::State;
use axum::http::StatusCode;
use models::id::{ProjectId, RunViewId};
use models::paths;
use models::permission::Action;
use models::run_view::{NewRunView, OpeningView, RunTableSetup, RunView, RunViewPatch, RunViews};
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::{Access, Routes, SignedIn};
use crate::error::Error;
use crate::http::{Idempotency, IfMatch, Json, Path, Versioned};
use crate::store::{Store, StoreError};

/// How long a request may be, in bytes: a table, written with more blanks than we would.
const BODY_LIMIT: usize = 4 * RunTableSetup::MAX_BYTES;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::ViewProject, routes!(list))
        .add_small(Action::KeepViews, BODY_LIMIT, routes!(create))
        .add(Action::ViewProject, routes!(show))
        .add_small(Action::KeepViews, BODY_LIMIT, routes!(change))
        .add(Action::KeepViews, routes!(delete))
        .add_small(Action::TendViews, BODY_LIMIT, routes!(set_default))
        .add_small(Action::KeepViews, BODY_LIMIT, routes!(set_own_default))
}

/// The saved views of a project: the caller's own and those that are shared.
#[utoipa::path(get, path = paths::VIEWS, tag = "runs", operation_id = "list_run_views",
    responses((status = 200, description = "By name, with those that open first.", body = RunViews)))]
async fn list(
    State(store): State<Store>,
    access: Access,
    signed_in: SignedIn,
) -> Result<Json<RunViews>, Error> {
    Ok(Json(store.run_views(access.project_id, signed_in.user.user_id).await?))
}

/// Save a view.
#[utoipa::path(post, path = paths::VIEWS, tag = "runs", operation_id = "create_run_view",
    request_body(content = NewRunView, example = json!({
        "name": "Best by data",
        "table": {"filter": "status = 'FINISHED'", "groupBy": ["data"], "sort": [{"field": "metrics.loss"}]},
        "isShared": true,
    })),
    params(("Idempotency-Key" = Option<String>, Header, description = "The same request with the same key saves one view.")),
    responses((status = 201, description = "The view.", body = RunView),
        (status = 409, description = "The name is taken, or there are as many views as there may be.", body = models::problem::Problem)))]
async fn create(
    State(store): State<Store>,
    access: Access,
    signed_in: SignedIn,
    idempotency: Idempotency,
    Json(new): Json<NewRunView>,
) -> Result<(StatusCode, Json<RunView>), Error> {
    if new.is_shared {
        access.require(Action::ShareViews)?;
    }
    let owner = signed_in.user.user_id;
    let once = idempotency.once(owner, "create_run_view", &(access.project_id, &new));
    Ok((StatusCode::CREATED, Json(store.create_run_view(access.project_id, owner, new, once).await?)))
}

/// A saved view.
#[utoipa::path(get, path = paths::VIEW, tag = "runs", operation_id = "get_run_view",
    responses((status = 200, description = "The view.", body = RunView)))]
async fn show(
    State(store): State<Store>,
    signed_in: SignedIn,
    Path((project, id)): Path<(ProjectId, RunViewId)>,
) -> Result<Versioned<RunView>, Error> {
    Ok(versioned(store.run_view(project, signed_in.user.user_id, id).await?))
}

/// Rename a view, share it or take it back, or put another table in its place. Of a shared view its owner and who maintains
/// the project may; whether it is shared, its owner alone decides.
#[utoipa::path(put, path = paths::VIEW, tag = "runs", operation_id = "change_run_view",
    request_body(content = RunViewPatch, example = json!({"name": "Best by data and code"})),
    params(("If-Match" = Option<String>, Header, description = "The version that is changed, `\"v3\"`; browsers must send it.")),
    responses((status = 200, description = "As it is now.", body = RunView),
        (status = 409, description = "The name is taken, or it opens first for everybody and is to be shared no more.", body = models::problem::Problem),
        (status = 412, description = "Somebody else was faster; the view as it is now.", body = models::problem::Problem),
        (status = 428, description = "A browser must say which version it changes.", body = models::problem::Problem)))]
async fn change(
    State(store): State<Store>,
    access: Access,
    signed_in: SignedIn,
    Path((project, id)): Path<(ProjectId, RunViewId)>,
    IfMatch(expected): IfMatch,
    Json(patch): Json<RunViewPatch>,
) -> Result<Versioned<RunView>, Error> {
    let user = signed_in.user.user_id;
    let view = store.run_view(project, user, id).await?;
    allow(view.why_not_change(user, access.role))?;
    if patch.is_shared.is_some_and(|is_shared| is_shared != view.is_shared) {
        allow(view.why_not_share(user, access.role))?;
    }
    // Who may change it is decided for this version.
    match store.change_run_view(project, user, id, patch, expected.unwrap_or(view.version)).await {
        Ok(view) => Ok(versioned(view)),
        Err(StoreError::Stale) => Err(Error::stale(store.run_view(project, user, id).await)),
        Err(error) => Err(error.into()),
    }
}

/// Delete a view. Runs stay as they are.
#[utoipa::path(delete, path = paths::VIEW, tag = "runs", operation_id = "delete_run_view",
    params(("If-Match" = Option<String>, Header, description = "The version that is deleted, `\"v3\"`; browsers must send it.")),
    responses((status = 204, description = "Deleted."),
        (status = 412, description = "Somebody else was faster; the view as it is now.", body = models::problem::Problem),
        (status = 428, description = "A browser must say which version it deletes.", body = models::problem::Problem)))]
async fn delete(
    State(store): State<Store>,
    access: Access,
    signed_in: SignedIn,
    Path((project, id)): Path<(ProjectId, RunViewId)>,
    IfMatch(expected): IfMatch,
) -> Result<StatusCode, Error> {
    let user = signed_in.user.user_id;
    let view = store.run_view(project, user, id).await?;
    allow(view.why_not_change(user, access.role))?;
    match store.delete_run_view(project, id, expected.unwrap_or(view.version)).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(StoreError::Stale) => Err(Error::stale(store.run_view(project, user, id).await)),
        Err(error) => Err(error.into()),
    }
}

/// Choose which view opens first for everybody in the project.
#[utoipa::path(put, path = paths::VIEWS_DEFAULT, tag = "runs", operation_id = "set_default_run_view",
    request_body(content = OpeningView, example = json!({"viewId": "0190a5b2-c3d4-4e5f-8a9b-cdef01234567"})),
    responses((status = 204, description = "It does.")))]
async fn set_default(
    State(store): State<Store>,
    access: Access,
    signed_in: SignedIn,
    Json(opening): Json<OpeningView>,
) -> Result<StatusCode, Error> {
    store.set_default_run_view(access.project_id, signed_in.user.user_id, opening.view_id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Choose which view opens first for the caller; without one it is that of everybody.
#[utoipa::path(put, path = paths::VIEWS_OWN_DEFAULT, tag = "runs", operation_id = "set_own_default_run_view",
    request_body(content = OpeningView, example = json!({"viewId": "0190a5b2-c3d4-4e5f-8a9b-cdef01234567"})),
    responses((status = 204, description = "It does.")))]
async fn set_own_default(
    State(store): State<Store>,
    access: Access,
    signed_in: SignedIn,
    Json(opening): Json<OpeningView>,
) -> Result<StatusCode, Error> {
    store.set_own_default_run_view(access.project_id, signed_in.user.user_id, opening.view_id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn allow(why_not: Option<String>) -> Result<(), Error> {
    why_not.map_or(Ok(()), |reason| Err(Error::Forbidden(reason)))
}

fn versioned(view: RunView) -> Versioned<RunView> {
    Versioned { version: view.version, body: view }
}
