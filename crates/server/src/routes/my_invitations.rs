//! The invitations that wait for the caller.

use axum::extract::State;
use axum::http::StatusCode;
use models::id::{InvitationId, UserId};
use models::invitation::Invitation;
use models::page::{Page, PageQuery};
use models::paths;
use models::permission::Action;
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::Routes;
use crate::error::Error;
use crate::http::{Json, Paging, Path};
use crate::store::Store;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::AnswerInvitations, routes!(list))
        .add(Action::AnswerInvitations, routes!(accept))
        .add(Action::AnswerInvitations, routes!(reject))
}

/// The invitations that wait for the caller's answer, newest first.
#[utoipa::path(get, path = paths::USER_INVITATIONS, tag = "people", operation_id = "list_invitations", params(PageQuery),
    responses((status = 200, description = "A page.", body = Page<Invitation>)))]
async fn list(
    State(store): State<Store>,
    Path(user_id): Path<UserId>,
    Paging(page): Paging,
) -> Result<Json<Page<Invitation>>, Error> {
    Ok(Json(store.invitations_of(user_id, page).await?))
}

/// Accept an invitation: what it promises holds from now on.
#[utoipa::path(post, path = paths::USER_INVITATION_ACCEPT, tag = "people", operation_id = "accept_invitation",
    responses((status = 204, description = "Accepted.")))]
async fn accept(
    State(store): State<Store>,
    Path((user_id, invitation)): Path<(UserId, InvitationId)>,
) -> Result<StatusCode, Error> {
    store.accept_invitation(user_id, invitation).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Reject an invitation.
#[utoipa::path(post, path = paths::USER_INVITATION_REJECT, tag = "people", operation_id = "reject_invitation",
    responses((status = 204, description = "Rejected.")))]
async fn reject(
    State(store): State<Store>,
    Path((user_id, invitation)): Path<(UserId, InvitationId)>,
) -> Result<StatusCode, Error> {
    store.reject_invitation(user_id, invitation).await?;
    Ok(StatusCode::NO_CONTENT)
}
