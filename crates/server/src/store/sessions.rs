//! Sessions: of browsers, and of the `mantik` client.

use models::audit::AuditAction;
use models::id::UserId;
use models::time::UnixMillis;
use uuid::Uuid;

use super::{Account, Actor, Connection, Row, Sql, Store, StoreError, audit};

/// How many live sessions of a kind a user may have; the one that was unused the longest makes room.
const PER_USER: u64 = 20;

/// What a session is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionKind {
    /// A browser; the secret is its cookie.
    Browser,
    /// The `mantik` client; the secret is its refresh token.
    Client,
}

impl SessionKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::Client => "client",
        }
    }
}

/// Whence somebody signs in.
#[derive(Debug, Clone, Default)]
pub struct SignInOrigin {
    /// What the browser or program calls itself.
    pub device: String,
    /// Names the request in the log.
    pub request_id: String,
}

/// A session to be added.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// What it is for.
    pub kind: SessionKind,
    /// SHA-256 of its secret.
    pub secret_hash: Vec<u8>,
    /// Whose it is.
    pub user_id: UserId,
    /// Whence it is opened.
    pub origin: SignInOrigin,
    /// It ends when it is not used for so long, in milliseconds.
    pub idle_millis: i64,
    /// It ends then in any case.
    pub expires_at: UnixMillis,
}

/// A session, live or ended.
#[derive(Debug, Clone)]
pub struct SessionRecord {
    /// Identifies the session.
    pub session_id: Uuid,
    /// Whose it is.
    pub user: Account,
    /// When it was last used, to the minute.
    pub last_seen_at: UnixMillis,
    /// When it ends in any case.
    pub expires_at: UnixMillis,
    /// When the person last gave her password in it, or signed in with it.
    pub confirmed_at: UnixMillis,
    idle_millis: i64,
}

impl SessionRecord {
    /// Whether it has not ended.
    #[must_use]
    pub fn is_live(&self, now: UnixMillis) -> bool {
        now < self.expires_at && now.millis_since(self.last_seen_at) < self.idle_millis
    }

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            session_id: row.get("session_id")?,
            user: Account::read(row)?,
            last_seen_at: row.get("last_seen_at")?,
            expires_at: row.get("expires_at")?,
            confirmed_at: row.get("confirmed_at")?,
            idle_millis: row.get("idle_millis")?,
        })
    }
}

const SELECT: &str = "SELECT s.session_id, s.last_seen_at, s.expires_at, s.confirmed_at, s.idle_millis, u.* \
     FROM sessions s JOIN users u ON u.user_id = s.user_id ";

impl Store {
    /// Adds a session, and forgets the user's sessions that are too many.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn create_session(&self, new: NewSession) -> Result<Uuid, StoreError> {
        self.write(|connection| Box::pin(async move { insert_session(connection, new).await })).await
    }

    /// The live session with this secret.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn session_by_secret(
        &self,
        kind: SessionKind,
        secret_hash: Vec<u8>,
        now: UnixMillis,
    ) -> Result<Option<SessionRecord>, StoreError> {
        let session = self.any_session_by_secret(kind, secret_hash).await?;
        Ok(session.filter(|session| session.is_live(now)))
    }

    /// The session with this secret, even when it has ended.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn any_session_by_secret(
        &self,
        kind: SessionKind,
        secret_hash: Vec<u8>,
    ) -> Result<Option<SessionRecord>, StoreError> {
        let mut sql = Sql::new(SELECT);
        sql.push("WHERE s.secret_hash = ").bind(secret_hash).push(" AND s.kind = ").bind(kind.as_str());
        let row = self.read().await?.fetch_optional(sql).await?;
        row.map(|row| SessionRecord::read(&row)).transpose()
    }

    /// A live session.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn session(
        &self,
        session_id: Uuid,
        now: UnixMillis,
    ) -> Result<Option<SessionRecord>, StoreError> {
        let mut sql = Sql::new(SELECT);
        sql.push("WHERE s.session_id = ").bind(session_id);
        let row = self.read().await?.fetch_optional(sql).await?;
        let session = row.map(|row| SessionRecord::read(&row)).transpose()?;
        Ok(session.filter(|session| session.is_live(now)))
    }

    /// Notes that a session was used.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn note_session(&self, session_id: Uuid, now: UnixMillis) -> Result<(), StoreError> {
        let sql = Sql::new("UPDATE sessions SET last_seen_at = $1 WHERE session_id = $2")
            .with(now)
            .with(session_id);
        self.write(|connection| Box::pin(async move { connection.execute(sql).await.map(drop) })).await
    }

    /// Notes that the person has just given her password in a session.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn confirm_session(&self, session_id: Uuid, now: UnixMillis) -> Result<(), StoreError> {
        let sql = Sql::new("UPDATE sessions SET confirmed_at = $1 WHERE session_id = $2");
        let sql = sql.with(now).with(session_id);
        self.write(|connection| Box::pin(async move { connection.execute(sql).await.map(drop) })).await
    }

    /// Ends a session; it is no error when it has ended already.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn end_session(&self, session_id: Uuid) -> Result<(), StoreError> {
        let sql = Sql::new("DELETE FROM sessions WHERE session_id = $1").with(session_id);
        self.write(|connection| Box::pin(async move { connection.execute(sql).await.map(drop) })).await
    }
}

/// Adds a session and writes that down; forgets the user's sessions that are too many.
pub(super) async fn insert_session(connection: &mut Connection, new: NewSession) -> Result<Uuid, StoreError> {
    let session_id = Uuid::now_v7();
    let now = crate::clock::now();
    let (user_id, kind) = (new.user_id, new.kind.as_str());
    let sql = Sql::new(
        "INSERT INTO sessions (session_id, secret_hash, kind, user_id, created_at, last_seen_at, idle_millis, \
         expires_at, device, confirmed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .with(session_id)
    .with(new.secret_hash)
    .with(kind)
    .with(user_id)
    .with(now)
    .with(now)
    .with(new.idle_millis)
    .with(new.expires_at)
    .with(new.origin.device.as_str())
    .with(now);
    connection.execute(sql).await?;
    let SignInOrigin { device, request_id } = new.origin;
    let actor = Actor { user_id, credential: kind.to_owned(), request_id };
    audit::note(connection, &actor, AuditAction::SignedIn, Some(session_id), &device).await?;
    let mut surplus = Sql::new(
        "DELETE FROM sessions WHERE user_id = $1 AND kind = $2 AND session_id NOT IN (SELECT session_id \
         FROM sessions WHERE user_id = $3 AND kind = $4 ORDER BY last_seen_at DESC, session_id DESC LIMIT ",
    )
    .with(user_id)
    .with(kind)
    .with(user_id)
    .with(kind);
    surplus.push_number(PER_USER).push(")");
    connection.execute(surplus).await?;
    Ok(session_id)
}
