//! The token pair of the `mantik` client.

use jiff::Timestamp;
use models::time::UnixMillis;
use models::token::{RefreshRequest, TokenPair};
use uuid::Uuid;

use crate::auth::{Claims, sha256, write_access_token};
use crate::error::Error;
use crate::fold::fold;
use crate::state::AppState;
use crate::store::{Account, NewSession, SessionKind, SignInOrigin};
use crate::{clock, random};

/// How long an access token is good for, in seconds.
const ACCESS: i64 = 3600;
/// How long a refresh token is good for, in milliseconds.
const REFRESH: i64 = 30 * 24 * 3_600_000;

// The client looks for these very words, and then asks for a new pair.
const EXPIRED: Error = Error::Unauthenticated("Refresh token has expired");
const INVALID: Error = Error::Unauthenticated("Refresh token is invalid");

/// Makes a token pair for a person.
///
/// # Errors
/// [`Error::Unavailable`]
pub async fn create_token_pair(
    state: &AppState,
    account: &Account,
    origin: SignInOrigin,
) -> Result<TokenPair, Error> {
    let secret = random::secret();
    let session = NewSession {
        kind: SessionKind::Client,
        secret_hash: sha256(&secret),
        user_id: account.user_id,
        origin,
        idle_millis: REFRESH,
        expires_at: UnixMillis(clock::now().0 + REFRESH),
    };
    let session_id = state.store().create_session(session).await?;
    Ok(TokenPair { refresh_token: Some(secret), ..access_token(state, account, session_id) })
}

/// Renews the access token of a pair.
///
/// # Errors
/// [`Error::Unauthenticated`] when the refresh token has ended, or is none of this person's.
pub async fn refresh_access_token(state: &AppState, request: RefreshRequest) -> Result<TokenPair, Error> {
    let now = clock::now();
    let secret_hash = sha256(&request.refresh_token);
    let session =
        state.store().any_session_by_secret(SessionKind::Client, secret_hash).await?.ok_or(INVALID)?;
    let name = fold(&request.username);
    let is_hers = name == fold(&session.user.name) || name == fold(&session.user.email);
    if !is_hers || session.user.is_disabled {
        return Err(INVALID);
    }
    if !session.is_live(now) {
        return Err(EXPIRED);
    }
    state.store().note_session(session.session_id, now).await?;
    Ok(access_token(state, &session.user, session.session_id))
}

fn access_token(state: &AppState, account: &Account, session_id: Uuid) -> TokenPair {
    let now = clock::now();
    let claims = Claims::new(account.user_id, account.name.clone(), session_id, now, ACCESS);
    TokenPair {
        access_token: write_access_token(state.keys(), &claims),
        refresh_token: None,
        expires_at: in_python(claims.exp),
    }
}

/// A time in seconds as `2026-01-31T12:00:00+00:00`, the one spelling that Python 3.9 reads.
fn in_python(seconds: i64) -> String {
    let time = Timestamp::from_second(seconds).unwrap_or_default();
    time.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_time_is_spelled_as_python_reads_it() {
        assert_eq!(super::in_python(1_769_860_800), "2026-01-31T12:00:00+00:00");
    }
}
