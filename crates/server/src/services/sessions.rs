//! Sessions of browsers.

use models::id::UserId;
use models::session::Session;
use models::time::UnixMillis;

use crate::auth::sha256;
use crate::error::Error;
use crate::store::{Account, NewSession, SessionKind, SignInOrigin, Store, StoreError};
use crate::{clock, random};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// A session that was just opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// What the browser is told.
    pub session: Session,
    /// The value of its cookie.
    pub secret: String,
    /// How long the browser keeps it, in seconds; `None` until it is closed.
    pub max_age: Option<i64>,
}

/// Opens a session for a person; with `remember` it lasts for 30 days, else for one, and ends after an idle hour.
///
/// # Errors
/// [`Error::Unavailable`]
pub async fn open_session(
    store: &Store,
    account: &Account,
    remember: bool,
    origin: SignInOrigin,
) -> Result<Opened, Error> {
    let secret = random::secret();
    store.create_session(new_session(account.user_id, &secret, remember, origin)).await?;
    Ok(opened(account, secret, remember))
}

/// Opens a session by a one-time link.
///
/// # Errors
/// [`Error::Unauthenticated`] when the link is not good any more.
pub async fn open_session_by_link(store: &Store, token: &str, origin: SignInOrigin) -> Result<Opened, Error> {
    let secret = random::secret();
    let session = {
        let secret = secret.clone();
        move |user_id| new_session(user_id, &secret, false, origin)
    };
    match store.sign_in_by_link(sha256(token), session).await {
        Ok(account) => Ok(opened(&account, secret, false)),
        Err(StoreError::NotFound) => {
            Err(Error::Unauthenticated("This link was used before, or has run out."))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) fn opened(account: &Account, secret: String, remember: bool) -> Opened {
    let expires_at = UnixMillis(clock::now().0 + lifetime(remember));
    let max_age = remember.then_some(lifetime(true) / 1000);
    Opened { session: Session { user: account.in_full(), expires_at }, secret, max_age }
}

pub(super) fn new_session(user_id: UserId, secret: &str, remember: bool, origin: SignInOrigin) -> NewSession {
    NewSession {
        kind: SessionKind::Browser,
        origin,
        secret_hash: sha256(secret),
        user_id,
        idle_millis: if remember { lifetime(true) } else { HOUR },
        expires_at: UnixMillis(clock::now().0 + lifetime(remember)),
    }
}

fn lifetime(remember: bool) -> i64 {
    if remember { 30 * DAY } else { DAY }
}
