//! Finds out who asks.

use axum::http::HeaderMap;

use super::{Credential, SignedIn, api_token, authorization, cookie, read_access_token, sha256};
use crate::clock;
use crate::error::Error;
use crate::http::Site;
use crate::state::AppState;
use crate::store::{SessionKind, Store};

/// How often it is written down that a session or a token was used, in milliseconds.
const NOTE_EVERY: i64 = 60_000;

/// Finds out who asks. Who sends `Authorization` is known by it alone; a cookie beside it is not looked at.
///
/// # Errors
/// [`Error::Unauthenticated`] when nobody is signed in; [`Error::Unavailable`] when the database is away.
pub async fn authenticate(
    state: &AppState,
    headers: &HeaderMap,
    site: Option<&Site>,
) -> Result<SignedIn, Error> {
    let signed_in = match authorization::token(headers) {
        Some(token) if token.starts_with(api_token::PREFIX) => by_api_token(state.store(), &token).await?,
        Some(token) => by_access_token(state, &token).await?,
        None => match site.and_then(|site| cookie::read(headers, site)) {
            Some(secret) => by_cookie(state.store(), secret).await?,
            None => None,
        },
    };
    signed_in.filter(|signed_in| !signed_in.user.is_disabled).ok_or(Error::SIGN_IN)
}

async fn by_cookie(store: &Store, secret: &str) -> Result<Option<SignedIn>, Error> {
    let now = clock::now();
    let Some(session) = store.session_by_secret(SessionKind::Browser, sha256(secret), now).await? else {
        return Ok(None);
    };
    if now.millis_since(session.last_seen_at) >= NOTE_EVERY {
        let store = store.clone();
        tokio::spawn(async move { store.note_session(session.session_id, now).await });
    }
    Ok(Some(SignedIn {
        user: session.user,
        credential: Credential::Browser {
            session_id: session.session_id,
            confirmed_at: session.confirmed_at,
        },
        expires_at: session.expires_at,
    }))
}

/// The token's session is asked for each time, so that signing out ends the token too.
async fn by_access_token(state: &AppState, token: &str) -> Result<Option<SignedIn>, Error> {
    let now = clock::now();
    let Some(claims) = read_access_token(state.keys(), token, now) else { return Ok(None) };
    let session = state.store().session(claims.jti, now).await?;
    Ok(session.filter(|session| session.user.user_id == claims.sub).map(|session| SignedIn {
        user: session.user,
        credential: Credential::Client { session_id: session.session_id, confirmed_at: session.confirmed_at },
        expires_at: models::time::UnixMillis(claims.exp * 1000),
    }))
}

async fn by_api_token(store: &Store, token: &str) -> Result<Option<SignedIn>, Error> {
    if !api_token::is_well_formed(token) {
        return Ok(None);
    }
    let now = clock::now();
    let Some((user, token)) = store.api_token_by_secret(sha256(token), now).await? else { return Ok(None) };
    if token.last_used_at.is_none_or(|last| now.millis_since(last) >= NOTE_EVERY) {
        let store = store.clone();
        tokio::spawn(async move { store.note_api_token(token.token_id, now).await });
    }
    let credential =
        Credential::Token { token_id: token.token_id, scopes: token.scopes, project_id: token.project_id };
    Ok(Some(SignedIn { user, credential, expires_at: token.expires_at }))
}
