//! What was done with secrets and settings: rows that are only ever added.

use models::audit::{AuditAction, AuditEvent};
use models::id::{AuditEventId, UserId};
use models::page::{Page, PageQuery};
use uuid::Uuid;

use super::{Connection, Row, Sql, Store, StoreError};
use crate::clock;

/// Who does something with her secrets or settings, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub user_id: UserId,
    /// By what she proved who she is: `browser`, `client`, or `token` and its id.
    pub credential: String,
    /// Names the request in the log.
    pub request_id: String,
}

impl Store {
    /// A page of what was done with a person's secrets and settings; the last comes first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn audit_events(
        &self,
        user_id: UserId,
        page: PageQuery,
    ) -> Result<Page<AuditEvent>, StoreError> {
        let mut connection = self.read().await?;
        let count = Sql::new("SELECT COUNT(*) AS n FROM audit_events WHERE user_id = $1").with(user_id);
        let total_records = connection.fetch_one(count).await?.get("n")?;
        let mut sql = Sql::new("SELECT * FROM audit_events WHERE user_id = $1").with(user_id);
        sql.push(" ORDER BY at DESC, audit_event_id DESC LIMIT ").push_number(page.pagelength);
        sql.push(" OFFSET ").push_number(page.startindex);
        let rows = connection.fetch_all(sql).await?;
        Ok(Page { total_records, items: rows.iter().map(read).collect::<Result<_, _>>()? })
    }
}

/// Writes down what is done, in the transaction that does it: what cannot be written down is not done.
pub(super) async fn note(
    connection: &mut Connection,
    actor: &Actor,
    action: AuditAction,
    object_id: Option<Uuid>,
    object_name: &str,
) -> Result<(), StoreError> {
    let sql = Sql::new(
        "INSERT INTO audit_events (audit_event_id, user_id, at, action, object_id, object_name, credential, \
         request_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .with(AuditEventId(Uuid::now_v7()))
    .with(actor.user_id)
    .with(clock::now())
    .with(action.as_str())
    .with(object_id)
    .with(object_name)
    .with(actor.credential.as_str())
    .with(actor.request_id.as_str());
    connection.execute(sql).await.map(drop).map_err(|error| {
        tracing::error!(%error, "cannot write down what is done with a secret");
        StoreError::Unavailable
    })
}

fn read(row: &Row) -> Result<AuditEvent, StoreError> {
    Ok(AuditEvent {
        audit_event_id: row.get("audit_event_id")?,
        at: row.get("at")?,
        action: row.get::<String>("action")?.into(),
        object_id: row.get("object_id")?,
        object_name: row.get("object_name")?,
        credential: row.get("credential")?,
        request_id: row.get("request_id")?,
    })
}
