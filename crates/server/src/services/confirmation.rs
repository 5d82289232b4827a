//! Whether it is still the person herself who uses her browser.

use super::check_own_password;
use crate::auth::{Credential, SignedIn};
use crate::clock;
use crate::error::Error;
use crate::state::AppState;

/// Takes the password once more: for a while, the session may do what needs a confirmation.
///
/// # Errors
/// [`Error::Invalid`] for a wrong password; [`Error::TooManyRequests`] after many; [`Error::Forbidden`] for what has no
/// session of a browser.
pub async fn confirm(
    state: &AppState,
    signed_in: &SignedIn,
    network: Option<String>,
    password: String,
) -> Result<(), Error> {
    let Credential::Browser { session_id, .. } = signed_in.credential else {
        return Err(Error::Forbidden("Only browsers are asked for a confirmation.".to_owned()));
    };
    check_own_password(state, &signed_in.user, network, "password", password).await?;
    Ok(state.store().confirm_session(session_id, clock::now()).await?)
}
