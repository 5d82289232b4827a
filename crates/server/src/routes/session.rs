//! Signing in and out.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use models::paths;
use models::permission::Action;
use models::session::{Confirmation, Session, SignIn, SignInByLink};
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::{Routes, SignedIn, authenticate, cookie};
use crate::error::Error;
use crate::http::{Client, Json, SignInFrom, Site};
use crate::services::{self, Opened};
use crate::store::Store;

/// How many bytes a body with a password may have.
pub(super) const BODY_LIMIT: usize = 16 * 1024;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::SignIn, routes!(show))
        .add(Action::UseSession, routes!(sign_out))
        .add_small(Action::SignIn, BODY_LIMIT, routes!(sign_in))
        .add_small(Action::SignIn, BODY_LIMIT, routes!(sign_in_by_link))
        .add_small(Action::ConfirmSession, BODY_LIMIT, routes!(confirm))
}

/// Who is signed in; `null` when nobody is. That is an answer and no refusal: a browser asks before it knows.
#[utoipa::path(get, path = paths::SESSION, tag = "session", operation_id = "get_session",
    responses((status = 200, description = "Somebody is, or nobody.", body = Option<Session>)))]
async fn show(
    State(state): State<AppState>,
    site: Site,
    headers: HeaderMap,
) -> Result<Json<Option<Session>>, Error> {
    match authenticate(&state, &headers, Some(&site)).await {
        Ok(signed_in) => {
            Ok(Json(Some(Session { user: signed_in.user.in_full(), expires_at: signed_in.expires_at })))
        }
        Err(Error::Unauthenticated(_)) if !headers.contains_key(header::AUTHORIZATION) => Ok(Json(None)),
        Err(error) => Err(error),
    }
}

/// Sign in with a password. The answer sets a cookie.
#[utoipa::path(post, path = paths::SESSION, tag = "session", operation_id = "sign_in", request_body = SignIn,
    responses((status = 201, description = "Signed in.", body = Session),
        (status = 401, description = "The name or the password is wrong.", body = models::problem::Problem),
        (status = 429, description = "Too many failures; `Retry-After` says how long to wait.", body = models::problem::Problem)))]
async fn sign_in(
    State(state): State<AppState>,
    site: Site,
    client: Client,
    SignInFrom(origin): SignInFrom,
    Json(asked): Json<SignIn>,
) -> Result<Response, Error> {
    let account = services::check_password(&state, client.network(), &asked.username, asked.password).await?;
    let opened = services::open_session(state.store(), &account, asked.remember, origin).await?;
    Ok(answer(&site, opened))
}

/// Sign in with a one-time link. The answer sets a cookie.
#[utoipa::path(post, path = paths::SESSION_LINK, tag = "session", operation_id = "sign_in_by_link", request_body = SignInByLink,
    responses((status = 201, description = "Signed in.", body = Session),
        (status = 401, description = "The link was used, or has run out.", body = models::problem::Problem)))]
async fn sign_in_by_link(
    State(store): State<Store>,
    site: Site,
    SignInFrom(origin): SignInFrom,
    Json(link): Json<SignInByLink>,
) -> Result<Response, Error> {
    Ok(answer(&site, services::open_session_by_link(&store, &link.token, origin).await?))
}

/// Sign out: the session ends for all who hold it.
#[utoipa::path(delete, path = paths::SESSION, tag = "session", operation_id = "sign_out",
    responses((status = 204, description = "Signed out.")))]
async fn sign_out(State(state): State<AppState>, site: Site, signed_in: SignedIn) -> Result<Response, Error> {
    let Some(session_id) = signed_in.session_id() else {
        return Err(Error::Forbidden(
            "An API token has no session. Delete the token to end its use.".to_owned(),
        ));
    };
    state.store().end_session(session_id).await?;
    state.streams().end(session_id);
    let mut response = StatusCode::NO_CONTENT.into_response();
    let clear = HeaderValue::from_static("\"cache\", \"cookies\", \"storage\"");
    response.headers_mut().insert("clear-site-data", clear);
    response.headers_mut().extend(cookie::clear(&site).map(|value| (header::SET_COOKIE, value)));
    Ok(response)
}

/// Confirm with the password that it is still you. For ten minutes the browser then may do what needs that: change
/// tokens, connections, e-mail address and payment, hand over or delete a project.
#[utoipa::path(post, path = paths::SESSION_CONFIRMATION, tag = "session", operation_id = "confirm_session", request_body = Confirmation,
    responses((status = 204, description = "Confirmed."),
        (status = 429, description = "Too many failures; `Retry-After` says how long to wait.", body = models::problem::Problem)))]
async fn confirm(
    State(state): State<AppState>,
    signed_in: SignedIn,
    client: Client,
    Json(confirmation): Json<Confirmation>,
) -> Result<StatusCode, Error> {
    services::confirm(&state, &signed_in, client.network(), confirmation.password).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tells a browser of its new session.
pub(super) fn answer(site: &Site, opened: Opened) -> Response {
    let mut response = (StatusCode::CREATED, Json(opened.session)).into_response();
    let cookie = cookie::set(site, &opened.secret, opened.max_age);
    response.headers_mut().extend(cookie.map(|value| (header::SET_COOKIE, value)));
    response
}
