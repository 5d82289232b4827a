//! The token pair of the `mantik` client.

use axum::extract::State;
use axum::http::StatusCode;
use models::paths;
use models::permission::Action;
use models::problem::Problem;
use models::token::{RefreshRequest, TokenPair, TokenRequest};
use utoipa_axum::routes;

use super::session::BODY_LIMIT;
use crate::AppState;
use crate::auth::Routes;
use crate::error::Error;
use crate::http::{Client, Json, SignInFrom};
use crate::services;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state).add_small(Action::SignIn, BODY_LIMIT, routes!(create)).add_small(
        Action::SignIn,
        BODY_LIMIT,
        routes!(refresh),
    )
}

/// Make a token pair for the `mantik` client.
#[utoipa::path(post, path = paths::TOKENS_CREATE, tag = "tokens", operation_id = "create_token_pair", request_body = TokenRequest,
    responses((status = 201, description = "Made.", body = TokenPair),
        (status = 401, description = "The name or the password is wrong.", body = Problem),
        (status = 429, description = "Too many failures; `Retry-After` says how long to wait.", body = Problem)))]
async fn create(
    State(state): State<AppState>,
    client: Client,
    SignInFrom(origin): SignInFrom,
    Json(asked): Json<TokenRequest>,
) -> Result<(StatusCode, Json<TokenPair>), Error> {
    let account = services::check_password(&state, client.network(), &asked.username, asked.password).await?;
    Ok((StatusCode::CREATED, Json(services::create_token_pair(&state, &account, origin).await?)))
}

/// Renew the access token of a pair.
#[utoipa::path(post, path = paths::TOKENS_REFRESH, tag = "tokens", operation_id = "refresh_access_token", request_body = RefreshRequest,
    responses((status = 201, description = "Renewed; the refresh token stays.", body = TokenPair),
        (status = 401, description = "The refresh token has ended or is invalid.", body = Problem)))]
async fn refresh(
    State(state): State<AppState>,
    Json(asked): Json<RefreshRequest>,
) -> Result<(StatusCode, Json<TokenPair>), Error> {
    Ok((StatusCode::CREATED, Json(services::refresh_access_token(&state, asked).await?)))
}
