//! How a person pays.

use models::id::{PaymentInfoId, UserId};
use models::settings::{PaymentInfo, PaymentMethod};

use super::{Connection, NewSecret, Sql, StoreError, secrets};
use crate::secrets::SecretField;

/// What a person says of how she pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentChange {
    /// Identifies the information: the one that there is, or a new one.
    pub id: PaymentInfoId,
    /// The postal address for invoices.
    pub address: String,
    /// How she pays.
    pub method: PaymentMethod,
    /// The reference; without one the old one stays.
    pub reference: Option<NewSecret>,
}

/// What can be told of how a person pays.
pub(super) async fn of_user(
    connection: &mut Connection,
    user_id: UserId,
) -> Result<Option<PaymentInfo>, StoreError> {
    let sql = Sql::new("SELECT * FROM payment_infos WHERE user_id = $1").with(user_id);
    let Some(row) = connection.fetch_optional(sql).await? else { return Ok(None) };
    let payment_info_id: PaymentInfoId = row.get("payment_info_id")?;
    let mut states = secrets::states(connection, [payment_info_id.0]).await?;
    let state = states.remove(&(payment_info_id.0, SecretField::PaymentDetails)).unwrap_or_default();
    Ok(Some(PaymentInfo {
        payment_info_id,
        address: row.get("address")?,
        payment_method: row.get::<String>("payment_method")?.into(),
        payment_details: state.hint.unwrap_or_default(),
    }))
}

/// Sets how a person pays.
///
/// # Errors
/// [`StoreError::Stale`] when she has information with another id.
pub(super) async fn set(
    connection: &mut Connection,
    user_id: UserId,
    change: &PaymentChange,
) -> Result<(), StoreError> {
    let sql = Sql::new(
        "INSERT INTO payment_infos (payment_info_id, user_id, address, payment_method) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (payment_info_id) DO UPDATE SET address = excluded.address, \
         payment_method = excluded.payment_method",
    )
    .with(change.id)
    .with(user_id)
    .with(change.address.as_str())
    .with(change.method.as_str());
    let written = connection.execute(sql).await;
    written.map_err(|error| if error.is_duplicate() { StoreError::Stale } else { error })?;
    match &change.reference {
        Some(reference) => secrets::put(connection, reference).await,
        None => Ok(()),
    }
}

/// Forgets how a person pays.
pub(super) async fn remove(connection: &mut Connection, user_id: UserId) -> Result<(), StoreError> {
    let fields = [SecretField::PaymentDetails];
    if let Some(info) = of_user(connection, user_id).await? {
        secrets::remove(connection, info.payment_info_id.0, &fields).await?;
    }
    let sql = Sql::new("DELETE FROM payment_infos WHERE user_id = $1").with(user_id);
    connection.execute(sql).await.map(drop)
}
