//! Organizations.

use axum::extract::State;
use axum::http::StatusCode;
use models::id::OrganizationId;
use models::page::{Page, PageQuery};
use models::paths;
use models::permission::Action;
use models::person::{CreatedOrganization, NewOrganization, Organization, OrganizationPatch};
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

/// The organizations that the caller belongs to, by name; for administrators all.
#[utoipa::path(get, path = paths::ORGANIZATIONS, tag = "people", operation_id = "list_organizations", params(Search, PageQuery),
    responses((status = 200, description = "A page.", body = Page<Organization>)))]
async fn list(
    State(store): State<Store>,
    signed_in: SignedIn,
    Query(search): Query<Search>,
    Paging(page): Paging,
) -> Result<Json<Page<Organization>>, Error> {
    let of = (!signed_in.user.is_admin).then_some(signed_in.user.user_id);
    Ok(Json(store.organizations(&TeamSearch { of, text: search.search_string }, page).await?))
}

/// Find organizations by name. Who belongs to them is not told.
#[utoipa::path(get, path = paths::ORGANIZATIONS_SEARCH, tag = "people", operation_id = "search_organizations", params(Search, PageQuery),
    responses((status = 200, description = "By name.", body = Page<Organization>)))]
async fn search(
    State(store): State<Store>,
    Query(search): Query<Search>,
    Paging(page): Paging,
) -> Result<Json<Page<Organization>>, Error> {
    let found = store.organizations(&TeamSearch { of: None, text: search.search_string }, page).await?;
    Ok(Json(found.map(|organization| Organization {
        groups: Vec::new(),
        members: Vec::new(),
        ..organization
    })))
}

/// Create an organization, whose contact is the caller.
#[utoipa::path(method(post, put), path = paths::ORGANIZATIONS, tag = "people", operation_id = "create_organization", request_body = NewOrganization,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same request with the same key creates one organization.")),
    responses((status = 201, description = "Created.", body = CreatedOrganization),
        (status = 409, description = "The name is taken.", body = models::problem::Problem)))]
async fn create(
    State(store): State<Store>,
    signed_in: SignedIn,
    idempotency: Idempotency,
    Json(new): Json<NewOrganization>,
) -> Result<(StatusCode, Json<CreatedOrganization>), Error> {
    let contact = signed_in.user.user_id;
    let once = idempotency.once(contact, "create_organization", &new);
    let organization_id = store.create_organization(contact, new, once).await?;
    Ok((StatusCode::CREATED, Json(CreatedOrganization { organization_id })))
}

/// An organization with its members.
#[utoipa::path(get, path = paths::ORGANIZATION, tag = "people", operation_id = "get_organization",
    responses((status = 200, description = "The organization.", body = Organization)))]
async fn show(
    State(store): State<Store>,
    Path(id): Path<OrganizationId>,
) -> Result<Versioned<Organization>, Error> {
    let body = store.organization(id).await?;
    Ok(Versioned { version: body.version, body })
}

/// Change an organization: its name, its contact, who belongs to it.
#[utoipa::path(method(put, post), path = paths::ORGANIZATION, tag = "people", operation_id = "change_organization", request_body = OrganizationPatch,
    params(("If-Match" = Option<String>, Header, description = "The version that is changed, `\"v3\"`; browsers must send it.")),
    responses((status = 200, description = "As it is now.", body = Organization),
        (status = 409, description = "The name is taken.", body = models::problem::Problem),
        (status = 412, description = "Somebody else was faster; the organization as it is now.", body = models::problem::Problem),
        (status = 428, description = "A browser must say which version it changes.", body = models::problem::Problem)))]
async fn change(
    State(store): State<Store>,
    signed_in: SignedIn,
    Path(id): Path<OrganizationId>,
    IfMatch(expected): IfMatch,
    Json(patch): Json<OrganizationPatch>,
) -> Result<Versioned<Organization>, Error> {
    match store.change_organization(id, signed_in.user.user_id, patch, expected).await {
        Ok(()) => show(State(store), Path(id)).await,
        Err(error) => Err(refused(&store, id, error).await),
    }
}

/// Delete an organization. Its members lose the roles that they had through it.
#[utoipa::path(delete, path = paths::ORGANIZATION, tag = "people", operation_id = "delete_organization",
    params(("If-Match" = Option<String>, Header, description = "The version that is deleted, `\"v3\"`; browsers must send it.")),
    responses((status = 204, description = "Deleted."),
        (status = 412, description = "Somebody else was faster; the organization as it is now.", body = models::problem::Problem),
        (status = 428, description = "A browser must say which version it deletes.", body = models::problem::Problem)))]
async fn delete(
    State(store): State<Store>,
    signed_in: SignedIn,
    Path(id): Path<OrganizationId>,
    IfMatch(expected): IfMatch,
) -> Result<StatusCode, Error> {
    match store.delete_team(Team::Organization(id), signed_in.user.user_id, expected).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(error) => Err(refused(&store, id, error).await),
    }
}

/// Leave an organization.
#[utoipa::path(post, path = paths::ORGANIZATION_LEAVE, tag = "people", operation_id = "leave_organization",
    responses((status = 204, description = "Left."),
        (status = 409, description = "The caller leads it, or belongs to it in another way.", body = models::problem::Problem)))]
async fn leave(
    State(store): State<Store>,
    signed_in: SignedIn,
    Path(id): Path<OrganizationId>,
) -> Result<StatusCode, Error> {
    store.leave_team(Team::Organization(id), signed_in.user.user_id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who changed an older version is told how it is now.
async fn refused(store: &Store, id: OrganizationId, error: StoreError) -> Error {
    if matches!(error, StoreError::Stale) { Error::stale(store.organization(id).await) } else { error.into() }
}
