//! One-time links: setting up an empty server, and opening a demonstration signed in.

use models::id::UserId;
use models::time::UnixMillis;

use super::{Account, Connection, NewAccount, NewSession, Sql, Store, StoreError, sessions, users};

const SETUP: &str = "setup";
const SIGN_IN: &str = "sign_in";

impl Store {
    /// Makes a link by which the first user can be made; older ones stop working.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn create_setup_link(
        &self,
        secret_hash: Vec<u8>,
        expires_at: UnixMillis,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                connection.execute(Sql::new("DELETE FROM links WHERE purpose = $1").with(SETUP)).await?;
                insert(connection, secret_hash, SETUP, None, expires_at).await
            })
        })
        .await
    }

    /// Makes a link by which a person is signed in; an older one of hers is good no more.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn create_sign_in_link(
        &self,
        secret_hash: Vec<u8>,
        user_id: UserId,
        expires_at: UnixMillis,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                forget(connection, user_id).await?;
                insert(connection, secret_hash, SIGN_IN, Some(user_id), expires_at).await
            })
        })
        .await
    }

    /// Whether this is the link of an empty server.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn is_setup_link(&self, secret_hash: Vec<u8>, now: UnixMillis) -> Result<bool, StoreError> {
        let sql = Sql::new(
            "SELECT 1 AS one FROM links WHERE secret_hash = $1 AND purpose = $2 AND expires_at > $3",
        );
        let row = self.read().await?.fetch_optional(sql.with(secret_hash).with(SETUP).with(now)).await?;
        Ok(row.is_some())
    }

    /// Uses up the link of an empty server, makes the first user and her session.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such link any more, or somebody else was first.
    pub async fn set_up(
        &self,
        link_hash: Vec<u8>,
        new: NewAccount,
        session: impl FnOnce(UserId) -> NewSession + Send + 'static,
    ) -> Result<Account, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                use_up(connection, link_hash, SETUP).await?;
                if users::has_users(connection).await? {
                    return Err(StoreError::NotFound);
                }
                let account = users::insert_account(connection, new).await?;
                sessions::insert_session(connection, session(account.user_id)).await?;
                Ok(account)
            })
        })
        .await
    }

    /// Uses up a link by which a person is signed in, and makes her session.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such link any more.
    pub async fn sign_in_by_link(
        &self,
        link_hash: Vec<u8>,
        session: impl FnOnce(UserId) -> NewSession + Send + 'static,
    ) -> Result<Account, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let user_id = use_up(connection, link_hash, SIGN_IN).await?.ok_or(StoreError::NotFound)?;
                sessions::insert_session(connection, session(user_id)).await?;
                let sql = Sql::new("SELECT * FROM users WHERE user_id = $1").with(user_id);
                Account::read(&connection.fetch_one(sql).await?)
            })
        })
        .await
    }
}

/// Ends the links by which a person could be signed in: whoever found one must not outlast her next password.
pub(super) async fn forget(connection: &mut Connection, user_id: UserId) -> Result<(), StoreError> {
    let sql = Sql::new("DELETE FROM links WHERE user_id = $1").with(user_id);
    connection.execute(sql).await.map(drop)
}

async fn insert(
    connection: &mut Connection,
    secret_hash: Vec<u8>,
    purpose: &str,
    user_id: Option<UserId>,
    expires_at: UnixMillis,
) -> Result<(), StoreError> {
    let ended = Sql::new("DELETE FROM links WHERE expires_at <= $1").with(crate::clock::now());
    connection.execute(ended).await?;
    let sql =
        Sql::new("INSERT INTO links (secret_hash, purpose, user_id, expires_at) VALUES ($1, $2, $3, $4)");
    connection.execute(sql.with(secret_hash).with(purpose).with(user_id).with(expires_at)).await.map(drop)
}

/// Deletes a link that is still good; gives whom it signs in. Of two who try at once, one finds it gone.
async fn use_up(
    connection: &mut Connection,
    secret_hash: Vec<u8>,
    purpose: &str,
) -> Result<Option<UserId>, StoreError> {
    let sql = Sql::new(
        "DELETE FROM links WHERE secret_hash = $1 AND purpose = $2 AND expires_at > $3 RETURNING user_id",
    );
    connection.fetch_one(sql.with(secret_hash).with(purpose).with(crate::clock::now())).await?.get("user_id")
}
