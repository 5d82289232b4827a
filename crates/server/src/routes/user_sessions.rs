//! Where the caller is signed in, and her password.

use axum::extract::State;
use axum::http::StatusCode;
use models::id::{SessionId, UserId};
use models::page::Page;
use models::paths;
use models::permission::Action;
use models::person::PasswordChange;
use models::session::OpenSession;
use utoipa_axum::routes;

use super::session::BODY_LIMIT;
use crate::AppState;
use crate::auth::{Routes, SignedIn};
use crate::error::Error;
use crate::http::{Acting, Client, Json, Path};
use crate::services;
use crate::store::Store;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::ManageOwnSettings, routes!(list, end_others))
        .add(Action::ManageOwnSettings, routes!(end))
        .add_small(Action::ManageOwnSettings, BODY_LIMIT, routes!(change_password))
}

/// Where the caller is signed in, what was used last first.
#[utoipa::path(get, path = paths::USER_SESSIONS, tag = "session", operation_id = "list_sessions",
    responses((status = 200, description = "All of them.", body = Page<OpenSession>)))]
async fn list(State(store): State<Store>, signed_in: SignedIn) -> Result<Json<Page<OpenSession>>, Error> {
    Ok(Json(store.open_sessions(signed_in.user.user_id, signed_in.session_id()).await?))
}

/// Sign out everywhere else.
#[utoipa::path(delete, path = paths::USER_SESSIONS, tag = "session", operation_id = "end_other_sessions",
    responses((status = 204, description = "Signed out.")))]
async fn end_others(State(state): State<AppState>, signed_in: SignedIn) -> Result<StatusCode, Error> {
    let ended = state.store().end_other_sessions(signed_in.user.user_id, signed_in.session_id()).await?;
    services::end(&state, &ended);
    Ok(StatusCode::NO_CONTENT)
}

/// Sign out in one place.
#[utoipa::path(delete, path = paths::USER_SESSION, tag = "session", operation_id = "end_session",
    responses((status = 204, description = "Signed out.")))]
async fn end(
    State(state): State<AppState>,
    Path((user_id, session_id)): Path<(UserId, SessionId)>,
) -> Result<StatusCode, Error> {
    state.store().end_session_of(user_id, session_id).await?;
    services::end(&state, &[session_id.0]);
    Ok(StatusCode::NO_CONTENT)
}

/// Change one's own password. All other sessions end.
#[utoipa::path(put, path = paths::USER_PASSWORD, tag = "session", operation_id = "change_password", request_body = PasswordChange,
    responses((status = 204, description = "Changed."),
        (status = 429, description = "Too many failures; `Retry-After` says how long to wait.", body = models::problem::Problem)))]
async fn change_password(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Acting(actor): Acting,
    client: Client,
    Json(change): Json<PasswordChange>,
) -> Result<StatusCode, Error> {
    services::change_password(&state, &signed_in, actor, client.network(), change).await?;
    Ok(StatusCode::NO_CONTENT)
}
