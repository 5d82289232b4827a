//! Who has a role in a project.

use axum::extract::State;
use axum::http::StatusCode;
use models::id::{OrganizationId, ProjectId, UserGroupId, UserId};
use models::page::{Page, PageQuery};
use models::paths;
use models::permission::{Action, Role};
use models::problem::Problem;
use models::project::{NewOwner, ProjectMembers, RoleGrant};
use models::project_access::ProjectAccess;
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::{Access, Routes, SignedIn};
use crate::clock;
use crate::error::Error;
use crate::http::{Foreseen, Json, Paging, Path};
use crate::store::{Before, Grantee, Store, StoreError, Team};

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::ViewProject, routes!(list))
        .add(Action::ManageMembers, routes!(set_member, remove_member))
        .add(Action::ManageMembers, routes!(set_group, remove_group))
        .add(Action::ManageMembers, routes!(set_organization, remove_organization))
        .add_sensitive(Action::ManageMembers, routes!(hand_over))
        .add(Action::ViewAccess, routes!(access))
}

/// The owner of a project, and the people, groups and organizations that were given a role in it.
#[utoipa::path(get, path = paths::PROJECT_MEMBERS, tag = "people", operation_id = "list_project_members",
    responses((status = 200, description = "All of them.", body = ProjectMembers)))]
async fn list(
    State(store): State<Store>,
    signed_in: SignedIn,
    access: Access,
) -> Result<Json<ProjectMembers>, Error> {
    let project = store.project(access.project_id, signed_in.user.user_id).await?;
    Ok(Json(ProjectMembers {
        owner: project.owner,
        members: project.members,
        user_groups: project.user_groups,
        organizations: project.organizations,
    }))
}

/// Give a person a role in the project, or another one than before.
#[utoipa::path(put, path = paths::PROJECT_MEMBER, tag = "people", operation_id = "set_project_member", request_body = RoleGrant,
    params(("If-Match" = Option<String>, Header, description = "The role that is changed, as its number: `\"v1\"` for a guest up to `\"v5\"` for an owner."),
        ("If-None-Match" = Option<String>, Header, description = "`*` when there must be no role yet.")),
    responses((status = 204, description = "Given."),
        (status = 409, description = "She owns the project, or the caller would not be an owner any more.", body = Problem),
        (status = 412, description = "There is another role by now, or none; as it is.", body = Problem)))]
async fn set_member(
    State(store): State<Store>,
    signed_in: SignedIn,
    access: Access,
    Path((_, id)): Path<(ProjectId, UserId)>,
    foreseen: Foreseen,
    Json(grant): Json<RoleGrant>,
) -> Result<StatusCode, Error> {
    set(&store, &signed_in, access, foreseen, Grantee::Person(id), grant).await
}

/// Take the role of a person in the project away.
#[utoipa::path(delete, path = paths::PROJECT_MEMBER, tag = "people", operation_id = "remove_project_member",
    responses((status = 204, description = "Taken away."),
        (status = 409, description = "She owns the project, or the caller would not be an owner any more.", body = Problem)))]
async fn remove_member(
    State(store): State<Store>,
    signed_in: SignedIn,
    access: Access,
    Path((_, id)): Path<(ProjectId, UserId)>,
) -> Result<StatusCode, Error> {
    remove(&store, &signed_in, access, Grantee::Person(id)).await
}

/// Give a group a role in the project, or another one than before.
#[utoipa::path(put, path = paths::PROJECT_GROUP, tag = "people", operation_id = "set_project_group", request_body = RoleGrant,
    params(("If-Match" = Option<String>, Header, description = "The role that is changed, as its number: `\"v1\"` for a guest up to `\"v5\"` for an owner."),
        ("If-None-Match" = Option<String>, Header, description = "`*` when there must be no role yet.")),
    responses((status = 204, description = "Given."),
        (status = 409, description = "The caller would not be an owner of the project any more.", body = Problem),
        (status = 412, description = "There is another role by now, or none; as it is.", body = Problem)))]
async fn set_group(
    State(store): State<Store>,
    signed_in: SignedIn,
    access: Access,
    Path((_, id)): Path<(ProjectId, UserGroupId)>,
    foreseen: Foreseen,
    Json(grant): Json<RoleGrant>,
) -> Result<StatusCode, Error> {
    set(&store, &signed_in, access, foreseen, Grantee::Team(Team::Group(id)), grant).await
}

/// Take the role of a group in the project away.
#[utoipa::path(delete, path = paths::PROJECT_GROUP, tag = "people", operation_id = "remove_project_group",
    responses((status = 204, description = "Taken away."),
        (status = 409, description = "The caller would not be an owner of the project any more.", body = Problem)))]
async fn remove_group(
    State(store): State<Store>,
    signed_in: SignedIn,
    access: Access,
    Path((_, id)): Path<(ProjectId, UserGroupId)>,
) -> Result<StatusCode, Error> {
    remove(&store, &signed_in, access, Grantee::Team(Team::Group(id))).await
}

/// Give an organization a role in the project, or another one than before.
#[utoipa::path(put, path = paths::PROJECT_ORGANIZATION, tag = "people", operation_id = "set_project_organization", request_body = RoleGrant,
    params(("If-Match" = Option<String>, Header, description = "The role that is changed, as its number: `\"v1\"` for a guest up to `\"v5\"` for an owner."),
        ("If-None-Match" = Option<String>, Header, description = "`*` when there must be no role yet.")),
    responses((status = 204, description = "Given."),
        (status = 409, description = "The caller would not be an owner of the project any more.", body = Problem),
        (status = 412, description = "There is another role by now, or none; as it is.", body = Problem)))]
async fn set_organization(
    State(store): State<Store>,
    signed_in: SignedIn,
    access: Access,
    Path((_, id)): Path<(ProjectId, OrganizationId)>,
    foreseen: Foreseen,
    Json(grant): Json<RoleGrant>,
) -> Result<StatusCode, Error> {
    set(&store, &signed_in, access, foreseen, Grantee::Team(Team::Organization(id)), grant).await
}

/// Take the role of an organization in the project away.
#[utoipa::path(delete, path = paths::PROJECT_ORGANIZATION, tag = "people", operation_id = "remove_project_organization",
    responses((status = 204, description = "Taken away."),
        (status = 409, description = "The caller would not be an owner of the project any more.", body = Problem)))]
async fn remove_organization(
    State(store): State<Store>,
    signed_in: SignedIn,
    access: Access,
    Path((_, id)): Path<(ProjectId, OrganizationId)>,
) -> Result<StatusCode, Error> {
    remove(&store, &signed_in, access, Grantee::Team(Team::Organization(id))).await
}

async fn set(
    store: &Store,
    signed_in: &SignedIn,
    access: Access,
    foreseen: Foreseen,
    grantee: Grantee,
    grant: RoleGrant,
) -> Result<StatusCode, Error> {
    let role = grant.meant().ok_or_else(|| Error::invalid("role", "choose a role"))?;
    if role == Role::Owner {
        signed_in.check_confirmed(store, clock::now()).await?;
    }
    let project = access.project_id;
    let outcome = match before(foreseen) {
        Some(before) => store.grant(project, signed_in.user.user_id, grantee, role, before).await,
        None => Err(StoreError::Stale),
    };
    match outcome {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(StoreError::Stale) => {
            let given = store.given_role(project, grantee).await;
            Err(Error::stale(
                given.map(|role| role.map(|role| RoleGrant { role: Some(role), allowed_to_edit: None })),
            ))
        }
        Err(error) => Err(error.into()),
    }
}

/// The role that a request expects to find; `None` for one that there never was.
fn before(foreseen: Foreseen) -> Option<Before> {
    match foreseen {
        Foreseen::Anything => Some(Before::Anything),
        Foreseen::Nothing => Some(Before::Nothing),
        Foreseen::Version(version) => Role::of_version(version).map(Before::Role),
    }
}

async fn remove(
    store: &Store,
    signed_in: &SignedIn,
    access: Access,
    grantee: Grantee,
) -> Result<StatusCode, Error> {
    store.revoke(access.project_id, signed_in.user.user_id, grantee).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Hand a project over to another owner. Who owned it until then keeps the role of a maintainer.
#[utoipa::path(put, path = paths::PROJECT_OWNER, tag = "people", operation_id = "hand_project_over", request_body = NewOwner,
    responses((status = 204, description = "Handed over."),
        (status = 409, description = "It is somebody's personal project.", body = Problem)))]
async fn hand_over(
    State(store): State<Store>,
    signed_in: SignedIn,
    access: Access,
    Json(new): Json<NewOwner>,
) -> Result<StatusCode, Error> {
    store.hand_over(access.project_id, signed_in.user.user_id, new.user_id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who may see a project, and why: each person with every way by which she has a role. Addresses are told to maintainers
/// and owners.
#[utoipa::path(get, path = paths::PROJECT_ACCESS, tag = "people", operation_id = "list_project_access", params(PageQuery),
    responses((status = 200, description = "By name.", body = Page<ProjectAccess>)))]
async fn access(
    State(store): State<Store>,
    access: Access,
    Paging(page): Paging,
) -> Result<Json<Page<ProjectAccess>>, Error> {
    Ok(Json(store.project_access(access.project_id, access.role >= Role::Maintainer, page).await?))
}
