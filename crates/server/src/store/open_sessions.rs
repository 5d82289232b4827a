//! Where a person is signed in, as she sees it herself.

use models::id::{SessionId, UserId};
use models::page::Page;
use models::session::{OpenSession, OpenSessionKind};
use uuid::Uuid;

use super::{Connection, Row, Sql, Store, StoreError};
use crate::clock;

impl Store {
    /// A person's live sessions, what was used last first. `current` is the one that asks.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn open_sessions(
        &self,
        user_id: UserId,
        current: Option<Uuid>,
    ) -> Result<Page<OpenSession>, StoreError> {
        let sql = Sql::new(
            "SELECT * FROM sessions WHERE user_id = $1 AND expires_at > $2 AND last_seen_at + idle_millis > $3 \
             ORDER BY last_seen_at DESC, session_id DESC",
        );
        let now = clock::now();
        let rows = self.read().await?.fetch_all(sql.with(user_id).with(now).with(now)).await?;
        let items = rows.iter().map(|row| read(row, current)).collect::<Result<Vec<_>, _>>()?;
        Ok(Page { total_records: items.len() as u64, items })
    }

    /// Ends one of a person's sessions.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when she has no such session.
    pub async fn end_session_of(&self, user_id: UserId, session_id: SessionId) -> Result<(), StoreError> {
        let sql = Sql::new("DELETE FROM sessions WHERE user_id = $1 AND session_id = $2");
        let sql = sql.with(user_id).with(session_id);
        match self.write(|connection| Box::pin(async move { connection.execute(sql).await })).await? {
            0 => Err(StoreError::NotFound),
            _ => Ok(()),
        }
    }

    /// Ends all of a person's sessions but one; gives those that ended.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn end_other_sessions(
        &self,
        user_id: UserId,
        keep: Option<Uuid>,
    ) -> Result<Vec<Uuid>, StoreError> {
        self.write(move |connection| Box::pin(async move { end_sessions(connection, user_id, keep).await }))
            .await
    }
}

/// Ends a person's sessions but for one; gives those that ended.
pub(super) async fn end_sessions(
    connection: &mut Connection,
    user_id: UserId,
    keep: Option<Uuid>,
) -> Result<Vec<Uuid>, StoreError> {
    let sql = Sql::new("DELETE FROM sessions WHERE user_id = $1 AND session_id <> $2 RETURNING session_id");
    let sql = sql.with(user_id).with(keep.unwrap_or_default());
    connection.fetch_all(sql).await?.iter().map(|row| row.get("session_id")).collect()
}

fn read(row: &Row, current: Option<Uuid>) -> Result<OpenSession, StoreError> {
    let session_id: SessionId = row.get("session_id")?;
    let kind: String = row.get("kind")?;
    Ok(OpenSession {
        session_id,
        kind: if kind == "client" { OpenSessionKind::Client } else { OpenSessionKind::Browser },
        device: row.get("device")?,
        is_current: current == Some(session_id.0),
        created_at: row.get("created_at")?,
        last_seen_at: row.get("last_seen_at")?,
        expires_at: row.get("expires_at")?,
    })
}
