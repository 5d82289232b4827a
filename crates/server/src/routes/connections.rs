//! A person's connections to other systems.

use axum::extract::State;
use axum::http::StatusCode;
use models::connection::{
    Connection, ConnectionPatch, ConnectionTest, ConnectionWithSecrets, NewConnection, NewConnectionTest,
};
use models::id::{ConnectionId, UserId};
use models::page::{Page, PageQuery};
use models::paths;
use models::permission::Action;
use models::problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::routes;
use zeroize::Zeroizing;

use crate::AppState;
use crate::auth::{Credential, Routes, SignedIn};
use crate::error::Error;
use crate::http::{Acting, Idempotency, IfMatch, Json, Paging, Path, Versioned};
use crate::services;
use crate::store::{Store, StoreError};

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::ManageOwnSettings, routes!(list))
        .add_sensitive(Action::ManageOwnSettings, routes!(create))
        .add(Action::UseConnections, routes!(show))
        .add_sensitive(Action::ManageOwnSettings, routes!(change))
        .add(Action::ManageOwnSettings, routes!(delete))
        .add_sensitive(Action::ManageOwnSettings, routes!(test))
}

/// The answer when a connection was made.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CreatedConnection {
    /// Identifies the connection.
    connection_id: ConnectionId,
}

/// A connection: without its secrets to a browser, with them to a program.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
enum ShownConnection {
    /// What a browser gets.
    Masked(Box<Connection>),
    /// What a program gets.
    InFull(Box<ConnectionWithSecrets>),
}

/// One's own connections by name, without their secrets.
#[utoipa::path(get, path = paths::USER_CONNECTIONS, tag = "connections", operation_id = "list_connections", params(PageQuery),
    responses((status = 200, description = "A page.", body = Page<Connection>)))]
async fn list(
    State(store): State<Store>,
    signed_in: SignedIn,
    Paging(page): Paging,
) -> Result<Json<Page<Connection>>, Error> {
    Ok(Json(store.connections(signed_in.user.user_id, page).await?))
}

/// Create a connection of one's own.
#[utoipa::path(method(post, put), path = paths::USER_CONNECTIONS, tag = "connections", operation_id = "create_connection",
    request_body(content = NewConnection, example = json!({"connectionName": "JUWELS", "connectionProvider": "UNICORE",
        "authMethod": "USERNAME_PASSWORD", "loginName": "ann1", "password": "…",
        "uri": "https://zam2125.zam.kfa-juelich.de:9112/JUWELS/rest/core"})),
    params(("Idempotency-Key" = Option<String>, Header, description = "The same request with the same key creates one connection.")),
    responses((status = 201, description = "Created.", body = CreatedConnection),
        (status = 409, description = "There is one of this name.", body = Problem)))]
async fn create(
    State(state): State<AppState>,
    Acting(actor): Acting,
    idempotency: Idempotency,
    Json(new): Json<NewConnection>,
) -> Result<(StatusCode, Json<CreatedConnection>), Error> {
    // The plain hash of a body with a short secret in it could be guessed; that of its signature cannot.
    let body = Zeroizing::new(serde_json::to_vec(&new).map_err(Error::internal)?);
    let signature = state.keys().sign("repeated connections", &body);
    let once = idempotency.once(actor.user_id, "create_connection", &signature);
    let connection_id = services::create_connection(&state, actor, new, once).await?;
    Ok((StatusCode::CREATED, Json(CreatedConnection { connection_id })))
}

/// A connection of one's own. A browser, known by its cookie, gets it without its secrets, as in the list. A program, known
/// by the access token of the `mantik` client or by an API token of the scope `runs:submit`, gets it with them; that is
/// written down, and refused with 503 when it cannot be.
#[utoipa::path(get, path = paths::USER_CONNECTION, tag = "connections", operation_id = "get_connection",
    responses((status = 200, description = "The connection.", body = ShownConnection)))]
async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Acting(actor): Acting,
    Path((user_id, id)): Path<(UserId, ConnectionId)>,
) -> Result<Versioned<ShownConnection>, Error> {
    if let Credential::Browser { .. } = signed_in.credential {
        let connection = state.store().connection(user_id, id).await?;
        let version = connection.version;
        return Ok(Versioned { version, body: ShownConnection::Masked(connection.into()) });
    }
    if signed_in.only_project().is_some() {
        return Err(Error::Forbidden("This token is good for one project alone.".to_owned()));
    }
    let (version, connection) = services::connection_with_secrets(&state, actor, id).await?;
    Ok(Versioned { version, body: ShownConnection::InFull(connection.into()) })
}

/// Change a connection of one's own. Another provider, login name or address removes the secrets that do not come anew.
#[utoipa::path(method(put, post), path = paths::USER_CONNECTION, tag = "connections", operation_id = "change_connection",
    request_body(content = ConnectionPatch, example = json!({"password": "…", "token": null})),
    params(("If-Match" = Option<String>, Header, description = "The version that is changed, `\"v3\"`; browsers must send it.")),
    responses((status = 200, description = "As it is now, without its secrets.", body = Connection),
        (status = 409, description = "There is another one of this name.", body = Problem),
        (status = 412, description = "It was changed elsewhere; the connection as it is now.", body = Problem),
        (status = 428, description = "A browser must say which version it changes.", body = Problem)))]
async fn change(
    State(state): State<AppState>,
    Acting(actor): Acting,
    Path((user_id, id)): Path<(UserId, ConnectionId)>,
    IfMatch(expected): IfMatch,
    Json(patch): Json<ConnectionPatch>,
) -> Result<Versioned<Connection>, Error> {
    services::change_connection(&state, actor, id, patch, expected).await?;
    let body = state.store().connection(user_id, id).await?;
    Ok(Versioned { version: body.version, body })
}

/// Delete a connection of one's own with its secrets.
#[utoipa::path(delete, path = paths::USER_CONNECTION, tag = "connections", operation_id = "delete_connection",
    params(("If-Match" = Option<String>, Header, description = "The version that is deleted, `\"v3\"`; browsers must send it.")),
    responses((status = 204, description = "Deleted."),
        (status = 412, description = "It was changed elsewhere; the connection as it is now.", body = Problem),
        (status = 428, description = "A browser must say which version it deletes.", body = Problem)))]
async fn delete(
    State(store): State<Store>,
    Acting(actor): Acting,
    Path((user_id, id)): Path<(UserId, ConnectionId)>,
    IfMatch(expected): IfMatch,
) -> Result<StatusCode, Error> {
    match store.delete_connection(actor, id, expected).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(StoreError::Stale) => Err(Error::stale(store.connection(user_id, id).await)),
        Err(error) => Err(error.into()),
    }
}

/// Try a connection out: this server asks the other system with the stored secrets, and says how that went. Nothing that
/// the other system says is told. The secrets go to no host but the connection's own.
#[utoipa::path(post, path = paths::USER_CONNECTION_TEST, tag = "connections", operation_id = "test_connection",
    request_body(content = NewConnectionTest, example = json!({"uri": "https://gitlab.com/ann/weather"})),
    responses((status = 200, description = "How it went, and what to do.", body = ConnectionTest)))]
async fn test(
    State(state): State<AppState>,
    Acting(actor): Acting,
    Path((_, id)): Path<(UserId, ConnectionId)>,
    Json(asked): Json<NewConnectionTest>,
) -> Result<Json<ConnectionTest>, Error> {
    Ok(Json(services::test_connection(&state, actor, id, asked.uri.as_ref()).await?))
}
