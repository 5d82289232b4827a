//! A person's settings.

use models::audit::AuditAction;
use models::id::UserId;
use models::settings::UserSettings;
use uuid::Uuid;

use super::{
    Account, Actor, Connection, PaymentChange, Row, Sql, Store, StoreError, audit, connections, links,
    payment,
};
use crate::fold::fold;

/// A change of a person's settings; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SettingsChange {
    /// What she signs in with.
    pub name: Option<String>,
    /// Her e-mail address.
    pub email: Option<String>,
    /// The hash of a new password, in PHC form, and the session that goes on; all others end.
    pub password: Option<(String, Option<Uuid>)>,
    /// How she pays; `Some(None)` removes it.
    pub payment: Option<Option<PaymentChange>>,
}

impl Store {
    /// A person's settings, without any secret.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]
    pub async fn user_settings(&self, user_id: UserId) -> Result<UserSettings, StoreError> {
        let mut connection = self.read().await?;
        let row = person(&mut connection, user_id).await?;
        Ok(UserSettings {
            user: Account::read(&row)?.in_full(),
            payment_info: payment::of_user(&mut connection, user_id).await?,
            connections: connections::of_user(&mut connection, user_id).await?,
            version: row.get("version")?,
        })
    }

    /// Changes the actor's settings, if they still are of version `expected`.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when they are not; [`StoreError::Conflict`] when the name or the address is taken.
    pub async fn change_user_settings(
        &self,
        actor: Actor,
        change: SettingsChange,
        expected: Option<i64>,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let row = person(connection, actor.user_id).await?;
                let version: i64 = row.get("version")?;
                if expected.is_some_and(|expected| expected != version) {
                    return Err(StoreError::Stale);
                }
                let before = Account::read(&row)?;
                update(connection, &before, &change, version).await?;
                for action in actions(&change) {
                    audit::note(connection, &actor, action, None, &before.name).await?;
                }
                if let Some((hash, kept)) = change.password {
                    set_password(connection, actor.user_id, hash, kept).await?;
                }
                match change.payment {
                    None => Ok(()),
                    Some(None) => payment::remove(connection, actor.user_id).await,
                    Some(Some(info)) => payment::set(connection, actor.user_id, &info).await,
                }
            })
        })
        .await
    }
}

fn actions(change: &SettingsChange) -> impl Iterator<Item = AuditAction> {
    let person = change.name.is_some() || change.email.is_some();
    let password = change.password.is_some().then_some(AuditAction::PasswordChanged);
    let payment = change.payment.is_some().then_some(AuditAction::PaymentChanged);
    person.then_some(AuditAction::PersonChanged).into_iter().chain(password).chain(payment)
}

async fn person(connection: &mut Connection, user_id: UserId) -> Result<Row, StoreError> {
    connection.fetch_one(Sql::new("SELECT * FROM users WHERE user_id = $1").with(user_id)).await
}

async fn update(
    connection: &mut Connection,
    before: &Account,
    change: &SettingsChange,
    version: i64,
) -> Result<(), StoreError> {
    let taken = "this name or e-mail address is taken; choose another";
    let name = change.name.as_deref().unwrap_or(&before.name);
    let email = change.email.as_deref().unwrap_or(&before.email);
    // Each signs in with either: nobody may be called as somebody else is addressed.
    let crossed =
        Sql::new("SELECT 1 AS one FROM users WHERE (email_key = $1 OR name_key = $2) AND user_id <> $3")
            .with(fold(name))
            .with(fold(email))
            .with(before.user_id);
    if connection.fetch_optional(crossed).await?.is_some() {
        return Err(StoreError::Conflict(taken.to_owned()));
    }
    let sql = Sql::new(
        "UPDATE users SET name = $1, name_key = $2, email = $3, email_key = $4, version = version + 1 \
         WHERE user_id = $5 AND version = $6",
    )
    .with(name)
    .with(fold(name))
    .with(email)
    .with(fold(email))
    .with(before.user_id)
    .with(version);
    match connection.execute(sql).await.map_err(|error| error.or_conflict(taken))? {
        0 => Err(StoreError::Stale),
        _ => Ok(()),
    }
}

/// Sets the password, and ends the sessions that may not be her own.
async fn set_password(
    connection: &mut Connection,
    user_id: UserId,
    hash: String,
    kept: Option<Uuid>,
) -> Result<(), StoreError> {
    let sql = Sql::new("UPDATE users SET password_hash = $1 WHERE user_id = $2").with(hash).with(user_id);
    connection.execute(sql).await?;
    links::forget(connection, user_id).await?;
    let sql = Sql::new("DELETE FROM sessions WHERE user_id = $1 AND session_id <> $2");
    connection.execute(sql.with(user_id).with(kept.unwrap_or_default())).await.map(drop)
}
