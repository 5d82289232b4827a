//! Opens sites of UNICORE with the connections of people.

use models::audit::AuditAction;
use models::connection::{AuthMethod, Connection, ConnectionProvider};
use models::id::ConnectionId;
use models::problem::FieldProblem;

use super::connection_test::{authorization, is_at};
use super::connections::opened;
use crate::error::Error;
use crate::state::AppState;
use crate::store::{Actor, StoreError};
use crate::unicore::Site;

/// The fields of a run that say which site, and as whom it is asked.
const ADDRESS: &str = "backendConfig.UnicoreApiUrl";
const CONNECTION: &str = "connectionId";

/// Why a connection does not open the site at an address, at the field where that is mended; nothing where it may.
#[must_use]
pub fn site_problem(connection: &Connection, address: &str) -> Option<FieldProblem> {
    let secrets = &connection.secrets;
    let missing = match &connection.auth_method {
        AuthMethod::Token if secrets.token.set => None,
        AuthMethod::UsernamePassword if secrets.password.set => None,
        AuthMethod::Token | AuthMethod::UsernamePassword => {
            Some("this connection lacks its secret; enter it in your settings")
        }
        AuthMethod::PrivateKey | AuthMethod::Unknown(_) => {
            Some("UNICORE takes a password or a token; choose a connection that has one")
        }
    };
    if let Some(message) = missing {
        return Some(FieldProblem::body(CONNECTION, message));
    }
    let Some(own) = connection.uri.as_deref() else {
        let message = "this connection does not say for which site it is, and its secrets are sent to no other. Enter the \
                       address of the site at the connection, in your settings";
        return Some(FieldProblem::body(CONNECTION, message));
    };
    let message = "the connection is for another host, and its secrets are sent to no other. Use an address at that host, or \
                   choose the connection for this one";
    let is_own = is_at(&ConnectionProvider::Unicore, own, address);
    (!is_own).then(|| FieldProblem::body(ADDRESS, message))
}

/// The site at an address, asked with a connection of the actor's; gives the version of the connection, too. That its
/// secrets are used is written down.
///
/// # Errors
/// [`Error::Invalid`] at the field where it is mended; [`Error::NotFound`] when she has no such connection.
pub async fn open_site(
    state: &AppState,
    actor: Actor,
    id: ConnectionId,
    address: &str,
    action: AuditAction,
) -> Result<(i64, Site), Error> {
    let owner = actor.user_id;
    let shown = state.store().connection(owner, id).await?;
    if shown.connection_provider != ConnectionProvider::Unicore {
        return Err(Error::invalid(CONNECTION, "this connection is not for UNICORE; choose one that is"));
    }
    if let Some(problem) = site_problem(&shown, address) {
        return Err(Error::Invalid(vec![problem]));
    }
    let (shown, sealed) = state.store().use_connection(actor, id, action).await?;
    // It may have been changed since it was looked at.
    if let Some(problem) = site_problem(&shown, address) {
        return Err(Error::Invalid(vec![problem]));
    }
    let version = shown.version;
    let connection = opened(&state.safe(), owner, shown, &sealed)?;
    let header = authorization(&connection, None).map_err(|reason| Error::invalid(CONNECTION, reason))?;
    let site = Site::new(state.egress().clone(), address, header);
    Ok((version, site.map_err(|reason| Error::invalid(ADDRESS, reason))?))
}

/// A connection that a request names, if the person has it.
///
/// # Errors
/// [`StoreError`]
pub async fn named_connection(
    state: &AppState,
    user: models::id::UserId,
    id: Option<ConnectionId>,
) -> Result<Option<Connection>, StoreError> {
    let Some(id) = id else { return Ok(None) };
    match state.store().connection(user, id).await {
        Ok(connection) => Ok(Some(connection)),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
