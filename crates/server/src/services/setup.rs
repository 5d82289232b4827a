//! The first start of a server.

use models::session::{Setup, why_not_password};
use models::time::UnixMillis;

use super::sessions::{Opened, new_session, opened};
use crate::auth::sha256;
use crate::error::Error;
use crate::state::AppState;
use crate::store::{Account, NewAccount, SignInOrigin, Store, StoreError};
use crate::{clock, random};

const WRONG: Error = Error::Unauthenticated("This link is not the one that the server printed at its start.");
const HOUR: i64 = 3_600_000;

/// Makes the link by which the first user can be made, good for a day; gives its token.
///
/// # Errors
/// [`StoreError`]
pub async fn create_setup_link(store: &Store) -> Result<String, StoreError> {
    let token = random::secret();
    store.create_setup_link(sha256(&token), UnixMillis(clock::now().0 + 24 * HOUR)).await?;
    Ok(token)
}

/// Makes a link by which a person is signed in, good for an hour; gives its token.
///
/// # Errors
/// [`StoreError`]
pub async fn create_sign_in_link(store: &Store, account: &Account) -> Result<String, StoreError> {
    let token = random::secret();
    let expires_at = UnixMillis(clock::now().0 + HOUR);
    store.create_sign_in_link(sha256(&token), account.user_id, expires_at).await?;
    Ok(token)
}

/// Makes the first user, an administrator, and opens her session.
///
/// # Errors
/// [`Error::Unauthenticated`] when the link is wrong or used; [`Error::Invalid`] for a weak password.
pub async fn set_up(state: &AppState, setup: Setup, origin: SignInOrigin) -> Result<Opened, Error> {
    let link_hash = sha256(&setup.token);
    // Asked before, because a hash costs much: only who knows the link can make the server compute one.
    if !state.store().is_setup_link(link_hash.clone(), clock::now()).await? {
        return Err(WRONG);
    }
    if let Some(reason) = why_not_password(&setup.password) {
        return Err(Error::invalid("password", reason));
    }
    let new = NewAccount {
        name: setup.username.into(),
        email: setup.email.into(),
        password_hash: state.passwords().hash(setup.password).await?,
        is_admin: true,
    };
    let secret = random::secret();
    let session = {
        let secret = secret.clone();
        move |user_id| new_session(user_id, &secret, false, origin)
    };
    match state.store().set_up(link_hash, new, session).await {
        Ok(account) => Ok(opened(&account, secret, false)),
        Err(StoreError::NotFound) => Err(WRONG),
        Err(error) => Err(error.into()),
    }
}
