//! API tokens.

use models::id::{ApiTokenId, ProjectId, UserId};
use models::page::Page;
use models::time::UnixMillis;
use models::token::{ApiToken, TokenScope};
use uuid::Uuid;

use super::{Account, Connection, Row, Sql, Store, StoreError};
use crate::clock;

/// An API token to be added.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// SHA-256 of the token.
    pub secret_hash: Vec<u8>,
    /// Whose it is.
    pub user_id: UserId,
    /// What she calls it.
    pub name: String,
    /// What it is good for.
    pub scopes: Vec<TokenScope>,
    /// The only project it is good for.
    pub project_id: Option<ProjectId>,
    /// When it stops working.
    pub expires_at: UnixMillis,
}

impl Store {
    /// Adds a token.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn create_api_token(&self, new: NewToken) -> Result<ApiToken, StoreError> {
        self.write(|connection| Box::pin(async move { insert(connection, new).await })).await
    }

    /// A user's tokens, newest first, also those that have ended.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn api_tokens(&self, user_id: UserId) -> Result<Page<ApiToken>, StoreError> {
        let sql =
            Sql::new("SELECT * FROM api_tokens WHERE user_id = $1 ORDER BY created_at DESC, token_id DESC");
        let rows = self.read().await?.fetch_all(sql.with(user_id)).await?;
        let items = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        Ok(Page { total_records: items.len() as u64, items })
    }

    /// The token with this secret and its owner, if it has not ended.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn api_token_by_secret(
        &self,
        secret_hash: Vec<u8>,
        now: UnixMillis,
    ) -> Result<Option<(Account, ApiToken)>, StoreError> {
        let sql = Sql::new(
            "SELECT t.token_id, t.project_id, t.scopes, t.created_at AS token_created_at, t.expires_at, \
             t.last_used_at, t.name AS token_name, u.* FROM api_tokens t JOIN users u ON u.user_id = t.user_id \
             WHERE t.secret_hash = $1 AND t.expires_at > $2",
        );
        let row = self.read().await?.fetch_optional(sql.with(secret_hash).with(now)).await?;
        row.map(|row| Ok((Account::read(&row)?, read_as(&row, "token_name", "token_created_at")?)))
            .transpose()
    }

    /// Whether a token has neither ended nor been deleted, and its owner may sign in.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn is_api_token_live(&self, token_id: ApiTokenId, now: UnixMillis) -> Result<bool, StoreError> {
        let sql = Sql::new(
            "SELECT 1 AS one FROM api_tokens t JOIN users u ON u.user_id = t.user_id \
             WHERE t.token_id = $1 AND t.expires_at > $2 AND NOT u.is_disabled",
        );
        let row = self.read().await?.fetch_optional(sql.with(token_id).with(now)).await?;
        Ok(row.is_some())
    }

    /// Notes that a token was used.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn note_api_token(&self, token_id: ApiTokenId, now: UnixMillis) -> Result<(), StoreError> {
        let sql =
            Sql::new("UPDATE api_tokens SET last_used_at = $1 WHERE token_id = $2").with(now).with(token_id);
        self.write(|connection| Box::pin(async move { connection.execute(sql).await.map(drop) })).await
    }

    /// Deletes a token.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the user has no such token.
    pub async fn delete_api_token(&self, user_id: UserId, token_id: ApiTokenId) -> Result<(), StoreError> {
        let sql = Sql::new("DELETE FROM api_tokens WHERE user_id = $1 AND token_id = $2")
            .with(user_id)
            .with(token_id);
        match self.write(|connection| Box::pin(async move { connection.execute(sql).await })).await? {
            0 => Err(StoreError::NotFound),
            _ => Ok(()),
        }
    }
}

/// Adds a token.
pub(super) async fn insert(connection: &mut Connection, new: NewToken) -> Result<ApiToken, StoreError> {
    let mut scopes = new.scopes;
    scopes.sort_unstable();
    scopes.dedup();
    let token = ApiToken {
        token_id: ApiTokenId(Uuid::now_v7()),
        name: new.name,
        scopes,
        project_id: new.project_id,
        created_at: clock::now(),
        expires_at: new.expires_at,
        last_used_at: None,
    };
    let sql = Sql::new(
        "INSERT INTO api_tokens (token_id, secret_hash, user_id, project_id, name, scopes, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .with(token.token_id)
    .with(new.secret_hash)
    .with(new.user_id)
    .with(token.project_id)
    .with(token.name.as_str())
    .with(serde_json::to_string(&token.scopes)?)
    .with(token.created_at)
    .with(token.expires_at);
    connection.execute(sql).await?;
    Ok(token)
}

fn read(row: &Row) -> Result<ApiToken, StoreError> {
    read_as(row, "name", "created_at")
}

fn read_as(row: &Row, name: &str, created_at: &str) -> Result<ApiToken, StoreError> {
    Ok(ApiToken {
        token_id: row.get("token_id")?,
        name: row.get(name)?,
        scopes: serde_json::from_str(&row.get::<String>("scopes")?)?,
        project_id: row.get("project_id")?,
        created_at: row.get(created_at)?,
        expires_at: row.get("expires_at")?,
        last_used_at: row.get("last_used_at")?,
    })
}
