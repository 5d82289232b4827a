//! Changes of connections, and their end.

use models::audit::AuditAction;
use models::id::ConnectionId;

use super::create::TAKEN;
use super::{ConnectionChange, ConnectionFields};
use crate::clock;
use crate::secrets::SecretField;
use crate::store::{Actor, Connection, Row, Sql, Store, StoreError, audit, secrets};

impl Store {
    /// Changes a connection of the actor's, if it still is of version `expected`. When it leads to another door from then
    /// on, the secrets of the old one are removed.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when it is not; [`StoreError::NotFound`] when she has none with this id;
    /// [`StoreError::Conflict`] when she has another one of the new name.
    pub async fn change_connection(
        &self,
        actor: Actor,
        id: ConnectionId,
        change: ConnectionChange,
        expected: Option<i64>,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let row = current(connection, &actor, id, expected).await?;
                let before = ConnectionFields::read(&row)?;
                let after = before.changed(&change);
                update(connection, id, &after, row.get("version")?).await?;
                let removed = if before.opens_same_door(&after) {
                    change.removed.as_slice()
                } else {
                    &SecretField::OF_CONNECTIONS
                };
                secrets::remove(connection, id.0, removed).await?;
                for secret in &change.secrets {
                    secrets::put(connection, secret).await?;
                }
                audit::note(connection, &actor, AuditAction::ConnectionChanged, Some(id.0), &after.name).await
            })
        })
        .await
    }

    /// Deletes a connection of the actor's with its secrets, if it still is of version `expected`.
    ///
    /// # Errors
    /// As for [`Store::change_connection`].
    pub async fn delete_connection(
        &self,
        actor: Actor,
        id: ConnectionId,
        expected: Option<i64>,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let row = current(connection, &actor, id, expected).await?;
                let name: String = row.get("name")?;
                secrets::remove(connection, id.0, &SecretField::OF_CONNECTIONS).await?;
                connection
                    .execute(Sql::new("DELETE FROM connections WHERE connection_id = $1").with(id))
                    .await?;
                audit::note(connection, &actor, AuditAction::ConnectionDeleted, Some(id.0), &name).await
            })
        })
        .await
    }
}

async fn current(
    connection: &mut Connection,
    actor: &Actor,
    id: ConnectionId,
    expected: Option<i64>,
) -> Result<Row, StoreError> {
    let sql = Sql::new("SELECT * FROM connections WHERE user_id = $1 AND connection_id = $2");
    let row = connection.fetch_one(sql.with(actor.user_id).with(id)).await?;
    let version: i64 = row.get("version")?;
    if expected.is_some_and(|expected| expected != version) { Err(StoreError::Stale) } else { Ok(row) }
}

async fn update(
    connection: &mut Connection,
    id: ConnectionId,
    after: &ConnectionFields,
    version: i64,
) -> Result<(), StoreError> {
    let sql = Sql::new(
        "UPDATE connections SET name = $1, provider = $2, auth_method = $3, login_name = $4, uri = $5, \
         updated_at = $6, version = version + 1 WHERE connection_id = $7 AND version = $8",
    );
    let sql = after.with(sql).with(clock::now()).with(id).with(version);
    match connection.execute(sql).await.map_err(|error| error.or_conflict(TAKEN))? {
        0 => Err(StoreError::Stale),
        _ => Ok(()),
    }
}
