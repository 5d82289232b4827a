//! A person's connections to other systems. Their secrets are sent and never read.

use models::connection::{Connection, ConnectionPatch, ConnectionTest, NewConnection, NewConnectionTest};
use models::id::{ConnectionId, UserId};
use models::page::{Page, PageQuery};
use models::paths;
use serde::de::IgnoredAny;

use super::ApiError;
use super::http::{self, Query};

/// `GET /api/users/{user}/settings/connections`, without their secrets.
///
/// # Errors
/// As the server answers.
pub(crate) async fn list((user, page): (UserId, PageQuery)) -> Result<Page<Connection>, ApiError> {
    http::get(&paths::user_connections(user), &Query::none().with(&page)).await
}

/// `POST /api/users/{user}/settings/connections`.
///
/// # Errors
/// [`ApiError::Invalid`] when fields are refused; [`ApiError::Conflict`] when the name is taken.
pub(crate) async fn create((user, new): (UserId, NewConnection)) -> Result<(), ApiError> {
    http::create(&paths::user_connections(user), &new).await.map(|_: IgnoredAny| ())
}

/// `PUT /api/users/{user}/settings/connections/{connection}`, of the version that was seen.
///
/// # Errors
/// [`ApiError::Stale`] when it was changed elsewhere; [`ApiError::Invalid`] when fields are refused.
pub(crate) async fn change(
    (user, connection, version, patch): (UserId, ConnectionId, i64, ConnectionPatch),
) -> Result<(), ApiError> {
    http::change(&paths::user_connection(user, connection), version, &patch).await
}

/// `DELETE /api/users/{user}/settings/connections/{connection}`, of the version that was seen.
///
/// # Errors
/// [`ApiError::Stale`] when it was changed elsewhere.
pub(crate) async fn delete((user, connection, version): (UserId, ConnectionId, i64)) -> Result<(), ApiError> {
    http::delete(&paths::user_connection(user, connection), Some(version)).await
}

/// `POST /api/users/{user}/settings/connections/{connection}/test`: the server tries it out.
///
/// # Errors
/// [`ApiError::Invalid`] when the server does not ask such an address.
pub(crate) async fn test((user, connection): (UserId, ConnectionId)) -> Result<ConnectionTest, ApiError> {
    http::post(&paths::user_connection_test(user, connection), &NewConnectionTest::default()).await
}
