//! Asks the other system, and says how that went.

use std::time::Duration;

use models::audit::AuditAction;
use models::connection::{ConnectionProvider, ConnectionTest, ConnectionWithSecrets, TestOutcome};
use models::id::ConnectionId;
use models::text::Uri;
use url::Url;

use super::question::Question;
use super::{address, git, s3, ssh};
use crate::egress::{Egress, EgressError, Limits, Outbound};
use crate::error::Error;
use crate::services::connections::opened;
use crate::state::AppState;
use crate::store::Actor;

/// How long another system may take; a request of ours may take three times as long.
const PATIENCE: Duration = Duration::from_secs(10);

/// Tries a connection of the actor's out, with `asked` in place of its own address. That her secrets are used is written
/// down first.
///
/// # Errors
/// [`Error::NotFound`] when she has none with this id; [`Error::Invalid`] for an address that is not asked;
/// [`Error::Unavailable`] when the use cannot be written down.
pub async fn test_connection(
    state: &AppState,
    actor: Actor,
    id: ConnectionId,
    asked: Option<&Uri>,
) -> Result<ConnectionTest, Error> {
    let owner = actor.user_id;
    let (shown, sealed) = state.store().use_connection(actor, id, AuditAction::ConnectionTested).await?;
    let provider = shown.connection_provider.clone();
    let address = address::chosen(&provider, shown.uri.as_deref(), asked.map(|uri| uri.as_str()))?;
    let connection = opened(&state.safe(), owner, shown, &sealed)?;
    if provider == ConnectionProvider::Ssh {
        return ssh::test(state.egress(), address.as_deref()).await;
    }
    match question(&connection, address.as_deref()) {
        Ok(question) => ask(state.egress(), question).await,
        Err(reason) => Ok(told(TestOutcome::NotSupported, reason, None)),
    }
}

/// What is asked of a system of the connection's kind; or why nothing is.
fn question(connection: &ConnectionWithSecrets, address: Option<&str>) -> Result<Question, &'static str> {
    const MISSING: &str = "Say where the system is: enter the address of the connection, then try again.";
    let address =
        address.map(|address| Url::parse(address).map_err(|_| "Enter an address that begins with https://."));
    let address = address.transpose()?;
    match connection.connection_provider {
        ConnectionProvider::Unicore => Question::unicore(connection, address.ok_or(MISSING)?),
        ConnectionProvider::Firecrest => Question::firecrest(connection, address.ok_or(MISSING)?),
        ConnectionProvider::S3 => s3::question(connection, &address.ok_or(MISSING)?),
        ConnectionProvider::GitHub => git::GITHUB.question(connection, address),
        ConnectionProvider::GitLab => git::GITLAB.question(connection, address),
        ConnectionProvider::Bitbucket => git::BITBUCKET.question(connection, address),
        ConnectionProvider::Ssh | ConnectionProvider::Other | ConnectionProvider::Unknown(_) => {
            Err("This server does not know how to try out a connection of this kind.")
        }
    }
}

async fn ask(egress: &Egress, question: Question) -> Result<ConnectionTest, Error> {
    let Question { method, url, headers, body, limit, judge } = question;
    let target = egress.target(url.as_str()).map_err(refused)?;
    let host = Some(target.place.to_string());
    if !target.secure && !target.is_allowed {
        return Err(Error::invalid("uri", "use https://; secrets are not sent where others can read along"));
    }
    let outbound = Outbound { method, target, headers, body };
    match egress.fetch(outbound, Limits { total: PATIENCE, body: limit }).await {
        Ok(reply) => {
            let (outcome, message) = judge(&reply);
            Ok(told(outcome, message, host))
        }
        Err(error) => unreached(error, host),
    }
}

/// What is told when nothing came back.
pub(super) fn unreached(error: EgressError, host: Option<String>) -> Result<ConnectionTest, Error> {
    match error {
        EgressError::Address(_) => Err(refused(error)),
        EgressError::Failed => Ok(told(
            TestOutcome::Unreachable,
            "The system did not answer, or this server may not ask it. Check the address, and whether the system is up; if \
             it is inside your own network, ask the operator of this server.",
            host,
        )),
    }
}

fn refused(error: EgressError) -> Error {
    Error::invalid("uri", error.to_string())
}

pub(super) fn told(outcome: TestOutcome, message: &str, host: Option<String>) -> ConnectionTest {
    ConnectionTest { outcome, message: message.to_owned(), host }
}
