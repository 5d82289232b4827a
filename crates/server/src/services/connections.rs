//! Connections: their secrets are sealed before the store gets them, and opened after it gave them.

use models::audit::AuditAction;
use models::connection::{
    AuthMethod, Connection, ConnectionPatch, ConnectionProvider, ConnectionWithSecrets, NewConnection,
    SecretState,
};
use models::id::{ConnectionId, UserId};
use models::secret::Secret;
use uuid::Uuid;

use crate::clock;
use crate::error::Error;
use crate::secrets::{Place, Safe, SealError, Sealed, SecretField};
use crate::state::AppState;
use crate::store::{Actor, ConnectionChange, ConnectionFields, NewSecret, Once, StoreError};

/// How long the name of a provider or a method may be that this version does not know, in bytes.
const MAX_KIND: usize = 100;

/// Makes a connection of the actor's.
///
/// # Errors
/// [`Error::Invalid`] when something is missing; [`Error::Conflict`] when she has one of this name.
pub async fn create_connection(
    state: &AppState,
    actor: Actor,
    new: NewConnection,
    once: Option<Once>,
) -> Result<ConnectionId, Error> {
    new.check()?;
    check_kinds(Some(&new.connection_provider), Some(&new.auth_method))?;
    let id = ConnectionId(Uuid::now_v7());
    let given = [
        (SecretField::Password, new.password),
        (SecretField::Token, new.token),
        (SecretField::PrivateKey, new.private_key),
    ];
    let sealed = given.iter().filter_map(|(field, secret)| Some((*field, secret.as_ref()?)));
    let secrets = seal_all(&state.safe(), id, actor.user_id, sealed)?;
    let fields = ConnectionFields {
        name: new.connection_name.into(),
        provider: new.connection_provider,
        auth_method: new.auth_method,
        login_name: new.login_name.map(Into::into),
        uri: new.uri.map(Into::into),
    };
    Ok(state.store().create_connection(actor, id, fields, secrets, once).await?)
}

/// Changes a connection of the actor's, if it still is of version `expected`.
///
/// # Errors
/// [`Error::Conflict`] when she has another one of the new name.
pub async fn change_connection(
    state: &AppState,
    actor: Actor,
    id: ConnectionId,
    patch: ConnectionPatch,
    expected: Option<i64>,
) -> Result<(), Error> {
    check_kinds(patch.connection_provider.as_ref(), patch.auth_method.as_ref())?;
    let given = [
        (SecretField::Password, patch.password),
        (SecretField::Token, patch.token),
        (SecretField::PrivateKey, patch.private_key),
    ];
    let removed = given.iter().filter(|(_, secret)| matches!(secret, Some(None))).map(|(field, _)| *field);
    let sealed = given.iter().filter_map(|(field, secret)| Some((*field, secret.as_ref()?.as_ref()?)));
    let change = ConnectionChange {
        name: patch.connection_name.map(Into::into),
        provider: patch.connection_provider,
        auth_method: patch.auth_method,
        login_name: patch.login_name.map(|name| name.map(Into::into)),
        uri: patch.uri.map(|uri| uri.map(Into::into)),
        secrets: seal_all(&state.safe(), id, actor.user_id, sealed)?,
        removed: removed.collect(),
    };
    match state.store().change_connection(actor.clone(), id, change, expected).await {
        Err(StoreError::Stale) => Err(Error::stale(state.store().connection(actor.user_id, id).await)),
        other => Ok(other?),
    }
}

/// A connection of the actor's with its secrets. That she got them is written down.
///
/// # Errors
/// [`Error::NotFound`] when she has none with this id; [`Error::Unavailable`] when it cannot be written down.
pub async fn connection_with_secrets(
    state: &AppState,
    actor: Actor,
    id: ConnectionId,
) -> Result<(i64, ConnectionWithSecrets), Error> {
    let owner = actor.user_id;
    let (shown, sealed) = state.store().use_connection(actor, id, AuditAction::SecretsRead).await?;
    Ok((shown.version, opened(&state.safe(), owner, shown, &sealed)?))
}

/// Makes a connection of the actor's from a token that came with a repository, as clients up to 0.5.0 send it. It is for
/// the repository at `uri` alone, and named after it, with its id where she has such a connection already.
///
/// # Errors
/// [`Error::Unavailable`]
pub(super) async fn keep_access_token(
    state: &AppState,
    actor: Actor,
    repository: &str,
    uri: &str,
    provider: ConnectionProvider,
    token: &Secret,
) -> Result<ConnectionId, Error> {
    let id = ConnectionId(Uuid::now_v7());
    let repository: String = repository.chars().take(200).collect();
    let secrets = seal_all(&state.safe(), id, actor.user_id, [(SecretField::Token, token)])?;
    for name in [format!("Token of {repository}"), format!("Token of {repository} ({id})")] {
        let (auth_method, login_name, uri) = (AuthMethod::Token, None, Some(uri.to_owned()));
        let fields = ConnectionFields { name, provider: provider.clone(), auth_method, login_name, uri };
        match state.store().create_connection(actor.clone(), id, fields, secrets.clone(), None).await {
            Err(StoreError::Conflict(_)) => {}
            other => return Ok(other?),
        }
    }
    Err(Error::internal("two connections have the same id"))
}

/// A connection with its secrets, once its owner is who asks.
pub(super) fn opened(
    safe: &Safe,
    owner: UserId,
    shown: Connection,
    sealed: &[(SecretField, Sealed)],
) -> Result<ConnectionWithSecrets, SealError> {
    let row_id = shown.connection_id.0;
    let open = |wanted| {
        let sealed = sealed.iter().find(|(field, _)| *field == wanted).map(|(_, sealed)| sealed);
        sealed.map(|sealed| safe.open(sealed, &Place { row_id, field: wanted, owner })).transpose()
    };
    Ok(ConnectionWithSecrets {
        password: open(SecretField::Password)?,
        token: open(SecretField::Token)?,
        private_key: open(SecretField::PrivateKey)?,
        connection_id: shown.connection_id,
        user: shown.user,
        connection_name: shown.connection_name,
        connection_provider: shown.connection_provider,
        auth_method: shown.auth_method,
        login_name: shown.login_name,
    })
}

/// A secret as it is stored.
pub(super) fn sealed(safe: &Safe, secret: &Secret, place: Place) -> Result<NewSecret, SealError> {
    let hint = SecretState::of(secret, clock::now()).hint;
    Ok(NewSecret { place, sealed: safe.seal(secret, &place)?, hint })
}

fn seal_all<'a>(
    safe: &Safe,
    id: ConnectionId,
    owner: UserId,
    given: impl IntoIterator<Item = (SecretField, &'a Secret)>,
) -> Result<Vec<NewSecret>, SealError> {
    let place = |field| Place { row_id: id.0, field, owner };
    given.into_iter().map(|(field, secret)| sealed(safe, secret, place(field))).collect()
}

fn check_kinds(provider: Option<&ConnectionProvider>, method: Option<&AuthMethod>) -> Result<(), Error> {
    let kinds = [
        ("connectionProvider", provider.map(ConnectionProvider::as_str)),
        ("authMethod", method.map(AuthMethod::as_str)),
    ];
    match kinds.iter().find(|(_, text)| text.is_some_and(|text| text.is_empty() || text.len() > MAX_KIND)) {
        Some((field, _)) => Err(Error::invalid(field, format!("use 1 to {MAX_KIND} characters"))),
        None => Ok(()),
    }
}
