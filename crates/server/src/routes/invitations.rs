//! Invitations to groups, organizations and projects.

use axum::extract::State;
use axum::http::StatusCode;
use models::id::{InvitationId, OrganizationId, ProjectId, UserGroupId};
use models::invitation::{Invitation, NewInvitation};
use models::page::{Page, PageQuery};
use models::paths;
use models::permission::{Action, Role};
use models::problem::{FieldProblem, Problem};
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::{Routes, SignedIn};
use crate::clock;
use crate::error::Error;
use crate::http::{Idempotency, Json, Paging, Path};
use crate::store::{InvitedTo, Store, Team};

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::ManageTeam, routes!(list_group, invite_to_group))
        .add(Action::ManageTeam, routes!(withdraw_group))
        .add(Action::ManageTeam, routes!(list_organization, invite_to_organization))
        .add(Action::ManageTeam, routes!(withdraw_organization))
        .add(Action::ManageMembers, routes!(list_project, invite_to_project))
        .add(Action::ManageMembers, routes!(withdraw_project))
}

/// The invitations to a group that wait for an answer, newest first.
#[utoipa::path(get, path = paths::GROUP_INVITATIONS, tag = "people", operation_id = "list_group_invitations", params(PageQuery),
    responses((status = 200, description = "A page.", body = Page<Invitation>)))]
async fn list_group(
    State(store): State<Store>,
    Path(id): Path<UserGroupId>,
    Paging(page): Paging,
) -> Result<Json<Page<Invitation>>, Error> {
    Ok(Json(store.invitations_to(InvitedTo::Team(Team::Group(id)), page).await?))
}

/// Invite somebody to a group. Whether an address is somebody's is not told.
#[utoipa::path(post, path = paths::GROUP_INVITATIONS, tag = "people", operation_id = "invite_to_group", request_body = NewInvitation,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same request with the same key invites once.")),
    responses((status = 201, description = "Invited.", body = Invitation),
        (status = 409, description = "She was invited already.", body = Problem)))]
async fn invite_to_group(
    State(store): State<Store>,
    signed_in: SignedIn,
    Path(id): Path<UserGroupId>,
    idempotency: Idempotency,
    Json(new): Json<NewInvitation>,
) -> Result<(StatusCode, Json<Invitation>), Error> {
    invite(&store, &signed_in, InvitedTo::Team(Team::Group(id)), idempotency, new).await
}

/// Take an invitation to a group back.
#[utoipa::path(delete, path = paths::GROUP_INVITATION, tag = "people", operation_id = "withdraw_group_invitation",
    responses((status = 204, description = "Taken back.")))]
async fn withdraw_group(
    State(store): State<Store>,
    signed_in: SignedIn,
    Path((id, invitation)): Path<(UserGroupId, InvitationId)>,
) -> Result<StatusCode, Error> {
    store.withdraw_invitation(InvitedTo::Team(Team::Group(id)), signed_in.user.user_id, invitation).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The invitations to an organization that wait for an answer, newest first.
#[utoipa::path(get, path = paths::ORGANIZATION_INVITATIONS, tag = "people", operation_id = "list_organization_invitations", params(PageQuery),
    responses((status = 200, description = "A page.", body = Page<Invitation>)))]
async fn list_organization(
    State(store): State<Store>,
    Path(id): Path<OrganizationId>,
    Paging(page): Paging,
) -> Result<Json<Page<Invitation>>, Error> {
    Ok(Json(store.invitations_to(InvitedTo::Team(Team::Organization(id)), page).await?))
}

/// Invite somebody to an organization. Whether an address is somebody's is not told.
#[utoipa::path(post, path = paths::ORGANIZATION_INVITATIONS, tag = "people", operation_id = "invite_to_organization", request_body = NewInvitation,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same request with the same key invites once.")),
    responses((status = 201, description = "Invited.", body = Invitation),
        (status = 409, description = "She was invited already.", body = Problem)))]
async fn invite_to_organization(
    State(store): State<Store>,
    signed_in: SignedIn,
    Path(id): Path<OrganizationId>,
    idempotency: Idempotency,
    Json(new): Json<NewInvitation>,
) -> Result<(StatusCode, Json<Invitation>), Error> {
    invite(&store, &signed_in, InvitedTo::Team(Team::Organization(id)), idempotency, new).await
}

/// Take an invitation to an organization back.
#[utoipa::path(delete, path = paths::ORGANIZATION_INVITATION, tag = "people", operation_id = "withdraw_organization_invitation",
    responses((status = 204, description = "Taken back.")))]
async fn withdraw_organization(
    State(store): State<Store>,
    signed_in: SignedIn,
    Path((id, invitation)): Path<(OrganizationId, InvitationId)>,
) -> Result<StatusCode, Error> {
    store
        .withdraw_invitation(InvitedTo::Team(Team::Organization(id)), signed_in.user.user_id, invitation)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The invitations to a project that wait for an answer, newest first.
#[utoipa::path(get, path = paths::PROJECT_INVITATIONS, tag = "people", operation_id = "list_project_invitations", params(PageQuery),
    responses((status = 200, description = "A page.", body = Page<Invitation>)))]
async fn list_project(
    State(store): State<Store>,
    Path(id): Path<ProjectId>,
    Paging(page): Paging,
) -> Result<Json<Page<Invitation>>, Error> {
    Ok(Json(store.invitations_to(InvitedTo::Project(id), page).await?))
}

/// Invite somebody to a project. Whether an address is somebody's is not told.
#[utoipa::path(post, path = paths::PROJECT_INVITATIONS, tag = "people", operation_id = "invite_to_project", request_body = NewInvitation,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same request with the same key invites once.")),
    responses((status = 201, description = "Invited.", body = Invitation),
        (status = 409, description = "She was invited already.", body = Problem)))]
async fn invite_to_project(
    State(store): State<Store>,
    signed_in: SignedIn,
    Path(id): Path<ProjectId>,
    idempotency: Idempotency,
    Json(new): Json<NewInvitation>,
) -> Result<(StatusCode, Json<Invitation>), Error> {
    invite(&store, &signed_in, InvitedTo::Project(id), idempotency, new).await
}

/// Take an invitation to a project back.
#[utoipa::path(delete, path = paths::PROJECT_INVITATION, tag = "people", operation_id = "withdraw_project_invitation",
    responses((status = 204, description = "Taken back.")))]
async fn withdraw_project(
    State(store): State<Store>,
    signed_in: SignedIn,
    Path((id, invitation)): Path<(ProjectId, InvitationId)>,
) -> Result<StatusCode, Error> {
    store.withdraw_invitation(InvitedTo::Project(id), signed_in.user.user_id, invitation).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn invite(
    store: &Store,
    signed_in: &SignedIn,
    to: InvitedTo,
    idempotency: Idempotency,
    new: NewInvitation,
) -> Result<(StatusCode, Json<Invitation>), Error> {
    new.check().map_err(|errors| {
        Error::Invalid(errors.iter().map(|(field, message)| FieldProblem::body(field, message)).collect())
    })?;
    let role = match to {
        InvitedTo::Team(_) => None,
        InvitedTo::Project(_) => {
            Some(new.grant.meant().ok_or_else(|| Error::invalid("role", "choose a role"))?)
        }
    };
    if role == Some(Role::Owner) {
        signed_in.check_confirmed(store, clock::now()).await?;
    }
    let by = signed_in.user.user_id;
    let once = idempotency.once(by, "invite", &(to.id(), &new));
    let id = store.invite(to, by, new, role, once).await?;
    Ok((StatusCode::CREATED, Json(store.invitation_to(to, id).await?)))
}
