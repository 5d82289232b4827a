//! New connections.

use models::audit::AuditAction;
use models::id::ConnectionId;

use super::ConnectionFields;
use crate::clock;
use crate::store::{Actor, Connection, NewSecret, Once, Sql, Store, StoreError, audit, idempotency, secrets};

pub(super) const TAKEN: &str = "You have a connection of this name already; choose another name.";

impl Store {
    /// Adds a connection of the actor's, whose secrets were sealed for `id`. Gives the id of the first one when this is a
    /// repetition.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when she has one of this name.
    pub async fn create_connection(
        &self,
        actor: Actor,
        id: ConnectionId,
        fields: ConnectionFields,
        secrets: Vec<NewSecret>,
        once: Option<Once>,
    ) -> Result<ConnectionId, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                if let Some(before) = idempotency::answer_before(connection, once.as_ref()).await? {
                    return Ok(before);
                }
                insert(connection, &actor, id, &fields).await?;
                for secret in &secrets {
                    secrets::put(connection, secret).await?;
                }
                audit::note(connection, &actor, AuditAction::ConnectionCreated, Some(id.0), &fields.name)
                    .await?;
                idempotency::keep_answer(connection, once, &id).await?;
                Ok(id)
            })
        })
        .await
    }
}

async fn insert(
    connection: &mut Connection,
    actor: &Actor,
    id: ConnectionId,
    fields: &ConnectionFields,
) -> Result<(), StoreError> {
    let sql = Sql::new(
        "INSERT INTO connections (name, provider, auth_method, login_name, uri, connection_id, user_id, created_at, \
         updated_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, 1)",
    );
    let sql = fields.with(sql).with(id).with(actor.user_id).with(clock::now());
    connection.execute(sql).await.map(drop).map_err(|error| error.or_conflict(TAKEN))
}
