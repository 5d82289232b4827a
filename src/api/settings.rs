//! What a person sets for herself: her name, her password, how she pays; where she is signed in, and what was done.

use models::audit::AuditEvent;
use models::id::{SessionId, UserId};
use models::page::{Page, PageQuery};
use models::paths;
use models::person::PasswordChange;
use models::session::OpenSession;
use models::settings::{UserSettings, UserSettingsPatch, WrappedUserSettings};

use super::ApiError;
use super::http::{self, Query};

/// `GET /api/users/{user}/settings`.
///
/// # Errors
/// As the server answers.
pub(crate) async fn get(user: UserId) -> Result<UserSettings, ApiError> {
    let wrapped: WrappedUserSettings = http::get(&paths::user_settings(user), &Query::none()).await?;
    Ok(wrapped.settings)
}

/// `PUT /api/users/{user}/settings`, of the version that was seen.
///
/// # Errors
/// [`ApiError::Stale`] when they were changed elsewhere; [`ApiError::Conflict`] when the name or the address is taken.
pub(crate) async fn change((user, version, patch): (UserId, i64, UserSettingsPatch)) -> Result<(), ApiError> {
    http::change(&paths::user_settings(user), version, &patch).await
}

/// `PUT /api/users/{user}/password`; all other sessions end.
///
/// # Errors
/// [`ApiError::Invalid`] when the password until now is wrong, or the new one is weak.
pub(crate) async fn change_password((user, change): (UserId, PasswordChange)) -> Result<(), ApiError> {
    http::change(&paths::user_password(user), None::<i64>, &change).await
}

/// `GET /api/users/{user}/sessions`.
///
/// # Errors
/// As the server answers.
pub(crate) async fn sessions(user: UserId) -> Result<Page<OpenSession>, ApiError> {
    http::get(&paths::user_sessions(user), &Query::none()).await
}

/// `DELETE /api/users/{user}/sessions/{session}`.
///
/// # Errors
/// [`ApiError::NotFound`] when it has ended already.
pub(crate) async fn end_session((user, session): (UserId, SessionId)) -> Result<(), ApiError> {
    http::delete(&paths::user_session(user, session), None).await
}

/// `DELETE /api/users/{user}/sessions`: all but the one that asks.
///
/// # Errors
/// As the server answers.
pub(crate) async fn end_other_sessions(user: UserId) -> Result<(), ApiError> {
    http::delete(&paths::user_sessions(user), None).await
}

/// `GET /api/users/{user}/audit`, the last first.
///
/// # Errors
/// As the server answers.
pub(crate) async fn audit((user, page): (UserId, PageQuery)) -> Result<Page<AuditEvent>, ApiError> {
    http::get(&paths::user_audit(user), &Query::none().with(&page)).await
}
