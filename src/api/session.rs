//! Signing in and out, and the first start of a server.

use models::paths;
use models::session::{Confirmation, Session, Setup, SetupState, SignIn, SignInByLink};
use serde::de::IgnoredAny;

use super::ApiError;
use super::http::{self, Query};

/// `GET /api/session`; `None` when nobody is signed in.
///
/// # Errors
/// As the server answers.
pub(crate) async fn get((): ()) -> Result<Option<Session>, ApiError> {
    http::get(&paths::session(), &Query::none()).await
}

/// `POST /api/session`.
///
/// # Errors
/// [`ApiError::Refused`] when the name or the password is wrong; [`ApiError::TooManyRequests`] after many tries.
pub(crate) async fn sign_in(credentials: SignIn) -> Result<(), ApiError> {
    let answer = http::post(&paths::session(), &credentials).await;
    refused("The user name or the password is wrong.", answer)
}

/// `POST /api/session/confirmation`.
///
/// # Errors
/// [`ApiError::Invalid`] when the password is wrong; [`ApiError::TooManyRequests`] after many tries.
pub(crate) async fn confirm(confirmation: Confirmation) -> Result<(), ApiError> {
    http::post::<IgnoredAny>(&paths::session_confirmation(), &confirmation).await.map(drop)
}

/// `POST /api/session/link`.
///
/// # Errors
/// [`ApiError::Refused`] when the link was used before or has run out.
pub(crate) async fn sign_in_by_link(link: SignInByLink) -> Result<(), ApiError> {
    let answer = http::post(&paths::session_link(), &link).await;
    refused("This link was used before, or has run out. Ask for a new one.", answer)
}

/// `DELETE /api/session`.
///
/// # Errors
/// As the server answers.
pub(crate) async fn sign_out((): ()) -> Result<(), ApiError> {
    http::delete(&paths::session(), None).await
}

/// `GET /api/setup`.
///
/// # Errors
/// As the server answers.
pub(crate) async fn setup_state((): ()) -> Result<SetupState, ApiError> {
    http::get(&paths::setup(), &Query::none()).await
}

/// `POST /api/setup`.
///
/// # Errors
/// [`ApiError::Refused`] when the link is wrong; [`ApiError::Invalid`] when fields are refused.
pub(crate) async fn set_up(setup: Setup) -> Result<(), ApiError> {
    let answer = http::post(&paths::setup(), &setup).await;
    refused("This link is not the one that the server printed at its start.", answer)
}

/// To prove badly who one is differs from not being signed in any more: the form stays and says so.
fn refused(detail: &str, answer: Result<IgnoredAny, ApiError>) -> Result<(), ApiError> {
    match answer {
        Err(ApiError::Unauthorized) => Err(ApiError::Refused { detail: detail.to_owned(), request_id: None }),
        answer => answer.map(|_| ()),
    }
}
