//! Connections as their owner sees them, and the use of their secrets.

use models::audit::AuditAction;
use std::collections::HashMap;

use models::connection::{Connection as Shown, ConnectionSummary};
use models::id::{ConnectionId, UserId};
use models::page::{Page, PageQuery};

use super::record::read;
use crate::secrets::{Sealed, SecretField};
use crate::store::{Actor, Connection, Row, Sql, Store, StoreError, audit, secrets};

const SELECT: &str = "SELECT c.*, u.name AS user_name FROM connections c JOIN users u ON u.user_id = c.user_id WHERE c.user_id = $1";

impl Store {
    /// A page of a person's connections by name, without their secrets.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn connections(&self, user_id: UserId, page: PageQuery) -> Result<Page<Shown>, StoreError> {
        let mut connection = self.read().await?;
        let count = Sql::new("SELECT COUNT(*) AS n FROM connections WHERE user_id = $1").with(user_id);
        let total_records = connection.fetch_one(count).await?.get("n")?;
        let mut sql = Sql::new(SELECT).with(user_id);
        sql.push(" ORDER BY c.name LIMIT ").push_number(page.pagelength);
        sql.push(" OFFSET ").push_number(page.startindex);
        let rows = connection.fetch_all(sql).await?;
        Ok(Page { total_records, items: read_all(&mut connection, &rows).await? })
    }

    /// A connection of a person's, without its secrets.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when she has none with this id.
    pub async fn connection(&self, user_id: UserId, id: ConnectionId) -> Result<Shown, StoreError> {
        one(&mut self.read().await?, user_id, id).await
    }

    /// Takes a connection of the actor's out with what is stored of its secrets, for `action`. That is written down
    /// first; when it cannot be, there are no secrets.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when she has none with this id; [`StoreError::Unavailable`] when it cannot be written down.
    pub async fn use_connection(
        &self,
        actor: Actor,
        id: ConnectionId,
        action: AuditAction,
    ) -> Result<(Shown, Vec<(SecretField, Sealed)>), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let shown = one(connection, actor.user_id, id).await?;
                audit::note(connection, &actor, action, Some(id.0), &shown.connection_name).await?;
                Ok((shown, secrets::of_row(connection, id.0).await?))
            })
        })
        .await
    }
}

/// A connection that a request names, if the person has it.
pub(in crate::store) async fn named(
    connection: &mut Connection,
    user_id: UserId,
    id: Option<ConnectionId>,
) -> Result<Option<Shown>, StoreError> {
    let Some(id) = id else { return Ok(None) };
    match one(connection, user_id, id).await {
        Ok(shown) => Ok(Some(shown)),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// All connections of a person by name.
pub(in crate::store) async fn of_user(
    connection: &mut Connection,
    user_id: UserId,
) -> Result<Vec<Shown>, StoreError> {
    let mut sql = Sql::new(SELECT).with(user_id);
    sql.push(" ORDER BY c.name");
    let rows = connection.fetch_all(sql).await?;
    read_all(connection, &rows).await
}

/// What others than their owners may know of connections.
pub(in crate::store) async fn summaries(
    connection: &mut Connection,
    ids: Vec<ConnectionId>,
) -> Result<HashMap<ConnectionId, ConnectionSummary>, StoreError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new("SELECT connection_id, name, provider FROM connections WHERE connection_id IN (");
    sql.push_list(ids).push(")");
    let summary = |row: &Row| {
        Ok(ConnectionSummary {
            connection_id: row.get("connection_id")?,
            connection_name: row.get("name")?,
            connection_provider: row.get::<String>("provider")?.into(),
        })
    };
    let rows = connection.fetch_all(sql).await?;
    let summaries = rows.iter().map(summary).collect::<Result<Vec<_>, StoreError>>()?;
    Ok(summaries.into_iter().map(|summary| (summary.connection_id, summary)).collect())
}

async fn one(connection: &mut Connection, user_id: UserId, id: ConnectionId) -> Result<Shown, StoreError> {
    let mut sql = Sql::new(SELECT).with(user_id);
    sql.push(" AND c.connection_id = ").bind(id);
    let row = connection.fetch_one(sql).await?;
    read_all(connection, &[row]).await?.pop().ok_or(StoreError::NotFound)
}

async fn read_all(connection: &mut Connection, rows: &[Row]) -> Result<Vec<Shown>, StoreError> {
    let mut all = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let mut states = secrets::states(connection, all.iter().map(|one| one.connection_id.0)).await?;
    for one in &mut all {
        let mut state = |field| states.remove(&(one.connection_id.0, field)).unwrap_or_default();
        one.secrets.password = state(SecretField::Password);
        one.secrets.token = state(SecretField::Token);
        one.secrets.private_key = state(SecretField::PrivateKey);
    }
    Ok(all)
}
