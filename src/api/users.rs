//! People, for those who administer the server.

use models::id::UserId;
use models::page::{Page, PageQuery};
use models::paths;
use models::person::{CreatedUser, NewUser, SignInLink, UserRecord};
use serde::de::IgnoredAny;

use super::ApiError;
use super::http::{self, Query};

/// `GET /api/users`: also those who may not sign in, by name.
///
/// # Errors
/// [`ApiError::Forbidden`] for who does not administer the server.
pub(crate) async fn list((search, page): (String, PageQuery)) -> Result<Page<UserRecord>, ApiError> {
    http::get(&paths::users(), &Query::none().with(&page).and("searchString", search)).await
}

/// `POST /api/users`; without a password the answer holds a link that works once.
///
/// # Errors
/// [`ApiError::Conflict`] when the name or the address is taken.
pub(crate) async fn create(user: NewUser) -> Result<CreatedUser, ApiError> {
    http::create(&paths::users(), &user).await
}

/// `POST /api/users/{user}/link`; takes the password away.
///
/// # Errors
/// [`ApiError::Conflict`] when the person may not sign in.
pub(crate) async fn link(user: UserId) -> Result<SignInLink, ApiError> {
    http::post(&paths::user_link(user), &()).await
}

/// `DELETE /api/users/{user}`: keeps a person out. What she made stays.
///
/// # Errors
/// [`ApiError::Conflict`] for oneself, and when nobody would administer the server.
pub(crate) async fn disable(user: UserId) -> Result<(), ApiError> {
    http::delete(&paths::user(user), None).await
}

/// `POST /api/users/{user}/enable`.
///
/// # Errors
/// As the server answers.
pub(crate) async fn enable(user: UserId) -> Result<(), ApiError> {
    http::post(&paths::user_enable(user), &()).await.map(|_: IgnoredAny| ())
}
