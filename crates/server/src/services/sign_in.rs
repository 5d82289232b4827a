//! Checks who somebody says she is.

use crate::auth::{Throttle, sha256};
use crate::error::Error;
use crate::fold::fold;
use crate::random;
use crate::state::AppState;
use crate::store::{Account, Subject};

const WRONG: Error = Error::Unauthenticated("The user name or the password is wrong.");

/// The person with this name and password. Who does not exist, who is disabled and who gave a wrong password get the
/// same answer after the same time.
///
/// # Errors
/// [`Error::Unauthenticated`]; [`Error::TooManyRequests`] after many failures of this name or from this network.
pub async fn check_password(
    state: &AppState,
    network: Option<String>,
    username: &str,
    password: String,
) -> Result<Account, Error> {
    let subject = format!("name {}", digest(&fold(username)));
    check(state, subject, network, username, password).await
}

/// Whether it is still the person herself. Failures to sign in under her name do not count here, so that others who guess
/// her password cannot keep her from giving it; failures here count by themselves.
///
/// # Errors
/// [`Error::Invalid`] at `field` for a wrong password; [`Error::TooManyRequests`] after many.
pub async fn check_own_password(
    state: &AppState,
    account: &Account,
    network: Option<String>,
    field: &str,
    password: String,
) -> Result<(), Error> {
    let subject = format!("own {}", account.user_id);
    match check(state, subject, network, &account.name, password).await {
        Ok(_) => Ok(()),
        Err(Error::Unauthenticated(_)) => Err(Error::invalid(field, "this is not your password")),
        Err(error) => Err(error),
    }
}

async fn check(
    state: &AppState,
    subject: String,
    network: Option<String>,
    username: &str,
    password: String,
) -> Result<Account, Error> {
    let networks: Vec<String> = network.map(|network| format!("network {network}")).into_iter().collect();
    // The network comes first: who may not try at all leaves no trace of the names that she thinks of.
    let wait = |n_failures, last_at, now| Throttle::NETWORK.wait(n_failures, last_at, now);
    let mut subjects: Vec<Subject> =
        networks.iter().map(|network| Subject { key: network.clone(), wait }).collect();
    let wait = |n_failures, last_at, now| Throttle::NAME.wait(n_failures, last_at, now);
    subjects.push(Subject { key: subject.clone(), wait });
    let wait_millis = state.store().begin_sign_in(subjects, Throttle::MEMORY).await?;
    if wait_millis > 0 {
        state.measures().count("sign_ins_throttled_total");
        return Err(Error::TooManyRequests { seconds: wait_millis.div_ceil(1000) });
    }
    let (account, hash) = state.store().password_of(username).await?.unzip();
    // Who was let in by a link has no password yet.
    let hash = hash.filter(|hash: &String| !hash.is_empty());
    let is_right = state.passwords().is_right(password, hash).await?;
    match account.filter(|account| is_right && !account.is_disabled) {
        Some(account) => {
            state.store().end_sign_in(subject, networks).await?;
            Ok(account)
        }
        None => {
            state.measures().count("sign_in_failures_total");
            Err(WRONG)
        }
    }
}

/// What is kept of a name that may be anything: it need not be told, and it need not be long.
fn digest(name: &str) -> String {
    sha256(name)
        .chunks(4)
        .take(5)
        .map(|bytes| bytes.iter().fold(0, |n, byte| (n << 8) | u32::from(*byte)))
        .map(random::in_base62)
        .collect()
}
