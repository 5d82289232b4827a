//! Changes of people: their names and addresses, their passwords, and whether they may sign in.

use models::audit::AuditAction;
use models::event::{Event, EventTopic};
use models::id::UserId;
use uuid::Uuid;

use super::open_sessions::end_sessions;
use super::{Account, Actor, Connection, Sql, Store, StoreError, audit, links};
use crate::fold::fold;

/// What to change of a person; what is absent stays.
#[derive(Debug, Clone, Default)]
pub struct UserChange {
    /// What she signs in with.
    pub name: Option<String>,
    /// Her e-mail address.
    pub email: Option<String>,
    /// Whether she administers the platform.
    pub is_admin: Option<bool>,
    /// The hash of a new password. All her sessions end.
    pub password_hash: Option<String>,
}

impl Store {
    /// Changes a person; gives the sessions that ended.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the name or the address is taken, or nobody would be left who administers the
    /// platform.
    pub async fn change_user(
        &self,
        user_id: UserId,
        by: UserId,
        change: UserChange,
    ) -> Result<Vec<Uuid>, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                if by != user_id || change.is_admin.is_some() || change.password_hash.is_some() {
                    require_administrator(connection, by).await?;
                }
                let before = account(connection, user_id).await?;
                let name = change.name.unwrap_or_else(|| before.name.clone());
                let email = change.email.unwrap_or_else(|| before.email.clone());
                refuse_taken(connection, user_id, &name, &email).await?;
                let is_admin = change.is_admin.unwrap_or(before.is_admin);
                if before.is_admin && !is_admin {
                    refuse_last_administrator(connection, user_id).await?;
                }
                let sql = Sql::new(
                    "UPDATE users SET name = $1, name_key = $2, email = $3, email_key = $4, is_admin = $5, \
                     version = version + 1 WHERE user_id = $6",
                );
                let sql = sql.with(name.as_str()).with(fold(&name)).with(email.as_str()).with(fold(&email));
                let changed = connection.execute(sql.with(is_admin).with(user_id)).await;
                changed.map_err(|error| error.or_conflict(TAKEN))?;
                publish(connection, &before);
                match change.password_hash {
                    Some(hash) => set_password(connection, user_id, hash, None).await,
                    None => Ok(Vec::new()),
                }
            })
        })
        .await
    }

    /// Gives a person another password, or with an empty hash none; gives the sessions that ended, which are all but
    /// `keep`. What a person does herself, as `by`, is written down.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn set_password(
        &self,
        user_id: UserId,
        password_hash: String,
        keep: Option<Uuid>,
        by: Option<Actor>,
    ) -> Result<Vec<Uuid>, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                if let Some(actor) = by {
                    audit::note(connection, &actor, AuditAction::PasswordChanged, None, "").await?;
                }
                set_password(connection, user_id, password_hash, keep).await
            })
        })
        .await
    }

    /// Whether a person has a password at all; who was let in by a link has none yet.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]
    pub async fn has_password(&self, user_id: UserId) -> Result<bool, StoreError> {
        let sql = Sql::new("SELECT password_hash FROM users WHERE user_id = $1").with(user_id);
        let hash: String = self.read().await?.fetch_one(sql).await?.get("password_hash")?;
        Ok(!hash.is_empty())
    }

    /// Keeps a person out: her sessions, tokens and links end. Gives the sessions and tokens that ended.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] for `by` herself, and for the last who administers the platform.
    pub async fn disable_user(&self, user_id: UserId, by: UserId) -> Result<Vec<Uuid>, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                require_administrator(connection, by).await?;
                let before = account(connection, user_id).await?;
                if user_id == by {
                    let reason = "You cannot keep yourself out. Another administrator can do it.";
                    return Err(StoreError::Conflict(reason.to_owned()));
                }
                if before.is_admin {
                    refuse_last_administrator(connection, user_id).await?;
                }
                set_disabled(connection, user_id, true).await?;
                let mut ended = end_sessions(connection, user_id, None).await?;
                let tokens = Sql::new("DELETE FROM api_tokens WHERE user_id = $1 RETURNING token_id");
                for row in connection.fetch_all(tokens.with(user_id)).await? {
                    ended.push(row.get("token_id")?);
                }
                links::forget(connection, user_id).await?;
                Ok(ended)
            })
        })
        .await
    }

    /// Lets a person sign in again.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]
    pub async fn enable_user(&self, user_id: UserId) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                account(connection, user_id).await?;
                set_disabled(connection, user_id, false).await
            })
        })
        .await
    }

    /// A person, for those who may know all of her.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]
    pub async fn account(&self, user_id: UserId) -> Result<Account, StoreError> {
        account(&mut self.read().await?, user_id).await
    }
}

const TAKEN: &str = "this name or e-mail address is taken; choose another";

async fn account(connection: &mut Connection, user_id: UserId) -> Result<Account, StoreError> {
    let sql = Sql::new("SELECT * FROM users WHERE user_id = $1").with(user_id);
    Account::read(&connection.fetch_one(sql).await?)
}

/// Each signs in with name or address: nobody may be called as somebody else is addressed.
async fn refuse_taken(
    connection: &mut Connection,
    user_id: UserId,
    name: &str,
    email: &str,
) -> Result<(), StoreError> {
    let mut sql = Sql::new("SELECT 1 AS one FROM users WHERE user_id <> ");
    let keys = [fold(name), fold(email)];
    sql.bind(user_id).push(" AND (name_key IN (").push_list(keys.clone());
    sql.push(") OR email_key IN (").push_list(keys).push("))");
    match connection.fetch_optional(sql).await? {
        Some(_) => Err(StoreError::Conflict(TAKEN.to_owned())),
        None => Ok(()),
    }
}

/// Refuses who does not administer the platform any more: that may have changed since the request came in.
async fn require_administrator(connection: &mut Connection, by: UserId) -> Result<(), StoreError> {
    if account(connection, by).await?.is_admin {
        return Ok(());
    }
    Err(StoreError::Conflict("You do not administer this server any more.".to_owned()))
}

async fn refuse_last_administrator(connection: &mut Connection, user_id: UserId) -> Result<(), StoreError> {
    let sql = Sql::new("SELECT 1 AS one FROM users WHERE is_admin AND NOT is_disabled AND user_id <> $1");
    match connection.fetch_optional(sql.with(user_id)).await? {
        Some(_) => Ok(()),
        None => {
            let reason = "Nobody else administers this server. Make somebody else an administrator first.";
            Err(StoreError::Conflict(reason.to_owned()))
        }
    }
}

async fn set_password(
    connection: &mut Connection,
    user_id: UserId,
    password_hash: String,
    keep: Option<Uuid>,
) -> Result<Vec<Uuid>, StoreError> {
    let sql = Sql::new("UPDATE users SET password_hash = $1 WHERE user_id = $2");
    connection.execute(sql.with(password_hash).with(user_id)).await?;
    links::forget(connection, user_id).await?;
    end_sessions(connection, user_id, keep).await
}

async fn set_disabled(
    connection: &mut Connection,
    user_id: UserId,
    is_disabled: bool,
) -> Result<(), StoreError> {
    let sql = Sql::new("UPDATE users SET is_disabled = $1, version = version + 1 WHERE user_id = $2");
    connection.execute(sql.with(is_disabled).with(user_id)).await.map(drop)
}

/// Her name is shown in her projects, and an administrator sees others than before.
fn publish(connection: &mut Connection, account: &Account) {
    if let Some(project_id) = account.personal_project_id {
        connection.publish(Event { project_id, topic: EventTopic::Project, run_id: None });
    }
}
