//! Whose connections a request may name.

use models::code::{CodeRepositoryPatch, NewCodeRepository};
use models::data::{DataRepositoryPatch, NewDataRepository};
use models::deployment::{DeploymentPatch, NewDeployment};
use models::id::{ConnectionId, UserId};
use models::model::{ModelRepositoryPatch, NewModelRepository, NewSavedModel, SavedModelPatch};

use crate::error::Error;
use crate::store::{Store, StoreError};

/// A request that may name connections.
pub trait NamesConnections {
    /// The connections that it names.
    fn connections(&self) -> Vec<ConnectionId>;
}

macro_rules! names_connections {
    ($($request:ident: $($field:ident),*;)+) => {$(
        impl NamesConnections for $request {
            fn connections(&self) -> Vec<ConnectionId> {
                let named: &[Named] = &[$(self.$field.into()),*];
                named.iter().filter_map(|named| named.0).collect()
            }
        }
    )+};
}

/// A connection in a field of a request, or of a patch.
struct Named(Option<ConnectionId>);

impl From<Option<ConnectionId>> for Named {
    fn from(named: Option<ConnectionId>) -> Self {
        Self(named)
    }
}

impl From<Option<Option<ConnectionId>>> for Named {
    fn from(changed: Option<Option<ConnectionId>>) -> Self {
        Self(changed.flatten())
    }
}

names_connections! {
    NewCodeRepository: connection_id;
    CodeRepositoryPatch: connection_id;
    NewDataRepository: connection_id, dvc_connection_id;
    DataRepositoryPatch: connection_id, dvc_connection_id;
    NewModelRepository:;
    ModelRepositoryPatch:;
    NewSavedModel: connection_id;
    SavedModelPatch: connection_id;
    NewDeployment: connection_id;
    DeploymentPatch: connection_id;
}

/// Refuses a request that names connections of others.
///
/// # Errors
/// As [`check`].
pub async fn check_named(store: &Store, user: UserId, request: &impl NamesConnections) -> Result<(), Error> {
    for connection in request.connections() {
        check(store, user, Some(connection)).await?;
    }
    Ok(())
}

/// Whether a person may name this connection: only her own.
///
/// # Errors
/// [`Error::Invalid`] when she has none with this id.
pub async fn check(store: &Store, user: UserId, connection: Option<ConnectionId>) -> Result<(), Error> {
    let Some(connection) = connection else { return Ok(()) };
    match store.connection(user, connection).await {
        Ok(_) => Ok(()),
        Err(StoreError::NotFound) => {
            Err(Error::invalid("connectionId", "name a connection of your own; you have none with this id"))
        }
        Err(error) => Err(error.into()),
    }
}
