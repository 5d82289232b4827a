//! Groups.

use axum::extract::State;
use axum::http::StatusCode;
use models::id::UserGroupId;
use models::page::{Page, PageQuery};
use models::paths;
use models::permission::Action;
use models::person::{CreatedUserGroup, NewUserGroup, UserGroup, UserGroupPatch};
use utoipa_axum::routes;

use super::users::Search;
use crate::AppState;
use crate::auth::{Routes, SignedIn};
use crate::error::Error;
use crate::http::{Idempotency, IfMatch, Json, Paging, Path, Query, Versioned};
use crate::store::{Store, StoreError, Team, TeamSearch};

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::ListTeams, routes!(list))
        .add(Action::ListTeams, routes!(search))
        .add(Action::CreateTeam, routes!(create))
        .add(Action::ViewTeam, routes!(show))
        .add(Action::ManageTeam, routes!(change))
        .add(Action::ManageTeam, routes!(delete))
        .add(Action::LeaveTeam, routes!(leave))
}

/// The groups that the caller belongs to, by name; for administrators all.
#[utoipa::path(get, path = paths::GROUPS, tag = "people", operation_id = "list_groups", params(Search, PageQuery),
    responses((status = 200, description = "A page.", body = Page<UserGroup>)))]
async fn list(
    State(store): State<Store>,
    signed_in: SignedIn,
    Query(search): Query<Search>,
    Paging(page): Paging,
) -> Result<Json<Page<UserGroup>>, Error> {
    let of = (!signed_in.user.is_admin).then_some(signed_in.user.user_id);
    Ok(Json(store.groups(&TeamSearch { of, text: search.search_string }, page).await?))
}

/// Find groups by name. Who belongs to them is not told.
#[utoipa::path(get, path = paths::GROUPS_SEARCH, tag = "people", operation_id = "search_groups", params(Search, PageQuery),
    responses((status = 200, description = "By name.", body = Page<UserGroup>)))]
async fn search(
    State(store): State<Store>,
    Query(search): Query<Search>,
    Paging(page): Paging,
) -> Result<Json<Page<UserGroup>>, Error> {
    let found = store.groups(&TeamSearch { of: None, text: search.search_string }, page).await?;
    Ok(Json(found.map(|group| UserGroup { members: Vec::new(), ..group })))
}

/// Create a group, whose admin is the caller.
#[utoipa::path(method(post, put), path = paths::GROUPS, tag = "people", operation_id = "create_group", request_body = NewUserGroup,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same request with the same key creates one group.")),
    responses((status = 201, description = "Created.", body = CreatedUserGroup),
        (status = 409, description = "The name is taken.", body = models::problem::Problem)))]
async fn create(
    State(store): State<Store>,
    signed_in: SignedIn,
    idempotency: Idempotency,
    Json(new): Json<NewUserGroup>,
) -> Result<(StatusCode, Json<CreatedUserGroup>), Error> {
    let admin = signed_in.user.user_id;
    let once = idempotency.once(admin, "create_group", &new);
    let id = store.create_group(admin, new, once).await?;
    Ok((StatusCode::CREATED, Json(id.into())))
}

/// A group with its members.
#[utoipa::path(get, path = paths::GROUP, tag = "people", operation_id = "get_group",
    responses((status = 200, description = "The group.", body = UserGroup)))]
async fn show(
    State(store): State<Store>,
    Path(id): Path<UserGroupId>,
) -> Result<Versioned<UserGroup>, Error> {
    let body = store.group(id).await?;
    Ok(Versioned { version: body.version, body })
}

/// Change a group: its name, its admin, who belongs to it.
#[utoipa::path(method(put, post), path = paths::GROUP, tag = "people", operation_id = "change_group", request_body = UserGroupPatch,
    params(("If-Match" = Option<String>, Header, description = "The version that is changed, `\"v3\"`; browsers must send it.")),
    responses((status = 200, description = "As it is now.", body = UserGroup),
        (status = 409, description = "The name is taken.", body = models::problem::Problem),
        (status = 412, description = "Somebody else was faster; the group as it is now.", body = models::problem::Problem),
        (status = 428, description = "A browser must say which version it changes.", body = models::problem::Problem)))]
async fn change(
    State(store): State<Store>,
    signed_in: SignedIn,
    Path(id): Path<UserGroupId>,
    IfMatch(expected): IfMatch,
    Json(patch): Json<UserGroupPatch>,
) -> Result<Versioned<UserGroup>, Error> {
    match store.change_group(id, signed_in.user.user_id, patch, expected).await {
        Ok(()) => show(State(store), Path(id)).await,
        Err(error) => Err(refused(&store, id, error).await),
    }
}

/// Delete a group. Its members lose the roles that they had through it.
#[utoipa::path(delete, path = paths::GROUP, tag = "people", operation_id = "delete_group",
    params(("If-Match" = Option<String>, Header, description = "The version that is deleted, `\"v3\"`; browsers must send it.")),
    responses((status = 204, description = "Deleted."),
        (status = 412, description = "Somebody else was faster; the group as it is now.", body = models::problem::Problem),
        (status = 428, description = "A browser must say which version it deletes.", body = models::problem::Problem)))]
async fn delete(
    State(store): State<Store>,
    signed_in: SignedIn,
    Path(id): Path<UserGroupId>,
    IfMatch(expected): IfMatch,
) -> Result<StatusCode, Error> {
    match store.delete_team(Team::Group(id), signed_in.user.user_id, expected).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(error) => Err(refused(&store, id, error).await),
    }
}

/// Leave a group.
#[utoipa::path(post, path = paths::GROUP_LEAVE, tag = "people", operation_id = "leave_group",
    responses((status = 204, description = "Left."),
        (status = 409, description = "The caller leads it, or belongs to it in another way.", body = models::problem::Problem)))]
async fn leave(
    State(store): State<Store>,
    signed_in: SignedIn,
    Path(id): Path<UserGroupId>,
) -> Result<StatusCode, Error> {
    store.leave_team(Team::Group(id), signed_in.user.user_id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who changed an older version is told how it is now.
async fn refused(store: &Store, id: UserGroupId, error: StoreError) -> Error {
    if matches!(error, StoreError::Stale) { Error::stale(store.group(id).await) } else { error.into() }
}
