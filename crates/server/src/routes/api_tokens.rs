//! A person's API tokens.

use axum::extract::State;
use axum::http::StatusCode;
use models::id::{ApiTokenId, UserId};
use models::page::Page;
use models::paths;
use models::permission::Action;
use models::time::UnixMillis;
use models::token::{ApiToken, CreatedApiToken, NewApiToken};
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::{Routes, SignedIn, new_api_token, sha256};
use crate::clock;
use crate::error::Error;
use crate::http::{Json, Path};
use crate::store::{NewToken, Store};

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::ManageOwnSettings, routes!(list))
        .add_sensitive(Action::ManageOwnSettings, routes!(create))
        .add(Action::ManageOwnSettings, routes!(delete))
}

/// One's own tokens, newest first, without their secrets.
#[utoipa::path(get, path = paths::USER_TOKENS, tag = "tokens", operation_id = "list_api_tokens",
    responses((status = 200, description = "All of them.", body = Page<ApiToken>)))]
async fn list(State(store): State<Store>, signed_in: SignedIn) -> Result<Json<Page<ApiToken>>, Error> {
    Ok(Json(store.api_tokens(signed_in.user.user_id).await?))
}

/// Make a token. This answer is the only one that holds its secret.
#[utoipa::path(post, path = paths::USER_TOKENS, tag = "tokens", operation_id = "create_api_token", request_body = NewApiToken,
    responses((status = 201, description = "Made.", body = CreatedApiToken)))]
async fn create(
    State(store): State<Store>,
    signed_in: SignedIn,
    Json(asked): Json<NewApiToken>,
) -> Result<(StatusCode, Json<CreatedApiToken>), Error> {
    check(&store, &signed_in, &asked).await?;
    let secret = new_api_token();
    let new = NewToken {
        secret_hash: sha256(&secret),
        user_id: signed_in.user.user_id,
        name: asked.name.into(),
        scopes: asked.scopes,
        project_id: asked.project_id,
        expires_at: UnixMillis(clock::now().0 + i64::from(asked.days) * 86_400_000),
    };
    let token = store.create_api_token(new).await?;
    Ok((StatusCode::CREATED, Json(CreatedApiToken { token, secret })))
}

async fn check(store: &Store, signed_in: &SignedIn, asked: &NewApiToken) -> Result<(), Error> {
    if asked.scopes.is_empty() {
        return Err(Error::invalid("scopes", "choose at least one"));
    }
    if !(1..=NewApiToken::MAX_DAYS).contains(&asked.days) {
        return Err(Error::invalid("days", format!("use a number from 1 to {}", NewApiToken::MAX_DAYS)));
    }
    if let Some(project_id) = asked.project_id
        && store.role_in(project_id, signed_in.user.user_id).await?.is_none()
    {
        return Err(Error::invalid("projectId", "there is no such project, or you may not see it"));
    }
    Ok(())
}

/// Delete a token; it stops working at once.
#[utoipa::path(delete, path = paths::USER_TOKEN, tag = "tokens", operation_id = "delete_api_token",
    responses((status = 204, description = "Deleted.")))]
async fn delete(
    State(state): State<AppState>,
    Path((user_id, token_id)): Path<(UserId, ApiTokenId)>,
) -> Result<StatusCode, Error> {
    state.store().delete_api_token(user_id, token_id).await?;
    state.streams().end(token_id.0);
    Ok(StatusCode::NO_CONTENT)
}
