//! Secrets at rest; to the store they are bytes.

use std::collections::HashMap;

use models::connection::SecretState;
use models::time::UnixMillis;
use uuid::Uuid;

use super::{Connection, Row, Sql, Store, StoreError};
use crate::clock;
use crate::secrets::{Place, Sealed, SecretField};

/// A secret to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSecret {
    /// Where it belongs.
    pub place: Place,
    /// What is stored of it.
    pub sealed: Sealed,
    /// Its end, where it is long enough to spare it.
    pub hint: Option<String>,
}

impl Store {
    /// Secrets of everybody, in a fixed order, from after `after` on.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn sealed_secrets(
        &self,
        after: Option<Place>,
        limit: u64,
    ) -> Result<Vec<(Place, Sealed)>, StoreError> {
        let mut sql = Sql::new("SELECT * FROM secrets");
        if let Some(after) = after {
            sql.push(" WHERE (row_id, field) > (").push_list([after.row_id]);
            sql.push(", ").bind(after.field.as_str()).push(")");
        }
        sql.push(" ORDER BY row_id, field LIMIT ").push_number(limit);
        self.read().await?.fetch_all(sql).await?.iter().map(read).collect()
    }

    /// Puts `new` in the place of `old`; `false` when something else is there now.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn replace_sealed(&self, place: Place, old: Sealed, new: Sealed) -> Result<bool, StoreError> {
        let sql = Sql::new("UPDATE secrets SET sealed = $1 WHERE row_id = $2 AND field = $3 AND sealed = $4")
            .with(new.as_bytes().to_vec())
            .with(place.row_id)
            .with(place.field.as_str())
            .with(old.as_bytes().to_vec());
        let n_rows = self.write(|connection| Box::pin(async move { connection.execute(sql).await })).await?;
        Ok(n_rows == 1)
    }
}

/// Stores a secret, in place of an older one.
pub(super) async fn put(connection: &mut Connection, new: &NewSecret) -> Result<(), StoreError> {
    let sql = Sql::new(
        "INSERT INTO secrets (row_id, field, user_id, sealed, hint, set_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (row_id, field) DO UPDATE SET user_id = excluded.user_id, sealed = excluded.sealed, \
         hint = excluded.hint, set_at = excluded.set_at",
    )
    .with(new.place.row_id)
    .with(new.place.field.as_str())
    .with(new.place.owner)
    .with(new.sealed.as_bytes().to_vec())
    .with(new.hint.as_deref())
    .with(clock::now());
    connection.execute(sql).await.map(drop)
}

/// Removes these secrets of a row.
pub(super) async fn remove(
    connection: &mut Connection,
    row_id: Uuid,
    fields: &[SecretField],
) -> Result<(), StoreError> {
    if fields.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new("DELETE FROM secrets WHERE row_id = $1 AND field IN (").with(row_id);
    sql.push_list(fields.iter().map(|field| field.as_str())).push(")");
    connection.execute(sql).await.map(drop)
}

/// What is stored of the secrets of a row.
pub(super) async fn of_row(
    connection: &mut Connection,
    row_id: Uuid,
) -> Result<Vec<(SecretField, Sealed)>, StoreError> {
    let sql = Sql::new("SELECT * FROM secrets WHERE row_id = $1").with(row_id);
    let rows = connection.fetch_all(sql).await?;
    rows.iter().map(|row| read(row).map(|(place, sealed)| (place.field, sealed))).collect()
}

/// What can be told of the secrets of these rows.
pub(super) async fn states(
    connection: &mut Connection,
    rows: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<(Uuid, SecretField), SecretState>, StoreError> {
    let mut sql = Sql::new("SELECT row_id, field, hint, set_at FROM secrets WHERE row_id IN (");
    // No row has this id; without it the list might be empty, which is no SQL.
    sql.push_list(rows.into_iter().chain([Uuid::nil()])).push(")");
    let mut states = HashMap::new();
    for row in connection.fetch_all(sql).await? {
        let updated_at: Option<UnixMillis> = Some(row.get("set_at")?);
        let state = SecretState { set: true, hint: row.get("hint")?, updated_at };
        states.insert((row.get("row_id")?, field(&row)?), state);
    }
    Ok(states)
}

fn read(row: &Row) -> Result<(Place, Sealed), StoreError> {
    let place = Place { row_id: row.get("row_id")?, field: field(row)?, owner: row.get("user_id")? };
    Ok((place, Sealed::from_bytes(row.get("sealed")?)))
}

fn field(row: &Row) -> Result<SecretField, StoreError> {
    let text: String = row.get("field")?;
    SecretField::named(&text).ok_or_else(|| StoreError::Corrupt(format!("{text} is no secret")))
}
