//! API tokens.

use models::id::{ApiTokenId, UserId};
use models::page::Page;
use models::paths;
use models::token::{ApiToken, CreatedApiToken, NewApiToken};

use super::ApiError;
use super::http::{self, Query};

/// `GET /api/users/{user}/tokens`, without their secrets.
///
/// # Errors
/// As the server answers.
pub(crate) async fn list(user: UserId) -> Result<Page<ApiToken>, ApiError> {
    http::get(&paths::user_tokens(user), &Query::none()).await
}

/// `POST /api/users/{user}/tokens`; the only answer that holds the secret.
///
/// # Errors
/// [`ApiError::Invalid`] when fields are refused.
pub(crate) async fn create((user, token): (UserId, NewApiToken)) -> Result<CreatedApiToken, ApiError> {
    http::create(&paths::user_tokens(user), &token).await
}

/// `DELETE /api/users/{user}/tokens/{token}`.
///
/// # Errors
/// [`ApiError::NotFound`] when it is gone already.
pub(crate) async fn delete((user, token): (UserId, ApiTokenId)) -> Result<(), ApiError> {
    http::delete(&paths::user_token(user, token), None).await
}
