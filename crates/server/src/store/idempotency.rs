//! Requests that may be repetitions: their answers, kept in the transaction of their effect.

use models::id::UserId;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Connection, Sql, StoreError};

/// How long an answer is kept, in milliseconds.
const MEMORY: i64 = 24 * 3_600_000;

/// A request that is to have its effect once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    /// Who sends it.
    pub user_id: UserId,
    /// The key she chose for it.
    pub key: String,
    /// What it does, such as `create_project`.
    pub operation: &'static str,
    /// SHA-256 of its body.
    pub body_hash: Vec<u8>,
}

/// The answer to the same request before; `None` when this is the first.
///
/// # Errors
/// [`StoreError::Invalid`] when the key was used for another body.
pub(super) async fn answer_before<T: DeserializeOwned>(
    connection: &mut Connection,
    once: Option<&Once>,
) -> Result<Option<T>, StoreError> {
    let Some(once) = once else { return Ok(None) };
    let sql = Sql::new("DELETE FROM idempotency_keys WHERE created_at < $1");
    connection.execute(sql.with(crate::clock::now().0 - MEMORY)).await?;
    let sql = Sql::new(
        "SELECT body_hash, body FROM idempotency_keys WHERE user_id = $1 AND key = $2 AND operation = $3",
    );
    let sql = sql.with(once.user_id).with(once.key.as_str()).with(once.operation);
    let Some(row) = connection.fetch_optional(sql).await? else { return Ok(None) };
    if row.get::<Vec<u8>>("body_hash")? != once.body_hash {
        let message = "this key was used for another request; choose a new one".to_owned();
        return Err(StoreError::Invalid { field: "Idempotency-Key", message });
    }
    Ok(Some(serde_json::from_str(&row.get::<String>("body")?)?))
}

/// Keeps the answer for repetitions. Of two that run at once, the second fails here and leaves nothing.
pub(super) async fn keep_answer(
    connection: &mut Connection,
    once: Option<Once>,
    answer: &impl Serialize,
) -> Result<(), StoreError> {
    let Some(once) = once else { return Ok(()) };
    let sql = Sql::new(
        "INSERT INTO idempotency_keys (user_id, key, operation, body_hash, body, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .with(once.user_id)
    .with(once.key)
    .with(once.operation)
    .with(once.body_hash)
    .with(serde_json::to_string(answer)?)
    .with(crate::clock::now());
    let at_once = "the same request is being carried out; ask for its result in a moment";
    connection.execute(sql).await.map(drop).map_err(|error| error.or_conflict(at_once))
}
