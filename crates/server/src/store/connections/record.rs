//! What a connection is in the database.

use models::connection::{AuthMethod, Connection as Shown, ConnectionProvider, ConnectionSecrets};
use models::person::User;

use crate::secrets::SecretField;
use crate::store::{NewSecret, Row, Sql, StoreError};

/// What a connection says besides its secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionFields {
    /// What its owner calls it.
    pub name: String,
    /// The outside system.
    pub provider: ConnectionProvider,
    /// How she proves there who she is.
    pub auth_method: AuthMethod,
    /// Her name there.
    pub login_name: Option<String>,
    /// Where the system is.
    pub uri: Option<String>,
}

/// A change of a connection; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConnectionChange {
    /// What its owner calls it.
    pub name: Option<String>,
    /// The outside system.
    pub provider: Option<ConnectionProvider>,
    /// How she proves there who she is.
    pub auth_method: Option<AuthMethod>,
    /// Her name there.
    pub login_name: Option<Option<String>>,
    /// Where the system is.
    pub uri: Option<Option<String>>,
    /// Secrets that are stored, in place of older ones.
    pub secrets: Vec<NewSecret>,
    /// Secrets that are removed.
    pub removed: Vec<SecretField>,
}

impl ConnectionFields {
    pub(super) fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            name: row.get("name")?,
            provider: row.get::<String>("provider")?.into(),
            auth_method: row.get::<String>("auth_method")?.into(),
            login_name: row.get("login_name")?,
            uri: row.get("uri")?,
        })
    }

    pub(super) fn changed(&self, change: &ConnectionChange) -> Self {
        let change = change.clone();
        Self {
            name: change.name.unwrap_or_else(|| self.name.clone()),
            provider: change.provider.unwrap_or_else(|| self.provider.clone()),
            auth_method: change.auth_method.unwrap_or_else(|| self.auth_method.clone()),
            login_name: change.login_name.unwrap_or_else(|| self.login_name.clone()),
            uri: change.uri.unwrap_or_else(|| self.uri.clone()),
        }
    }

    /// Whether secrets for one are meant for the other: the same person at the same system.
    pub(super) fn opens_same_door(&self, other: &Self) -> bool {
        (&self.provider, &self.login_name, &self.uri) == (&other.provider, &other.login_name, &other.uri)
    }

    /// Adds their values, in the order `name, provider, auth_method, login_name, uri`.
    pub(super) fn with(&self, sql: Sql) -> Sql {
        sql.with(self.name.as_str())
            .with(self.provider.as_str())
            .with(self.auth_method.as_str())
            .with(self.login_name.as_deref())
            .with(self.uri.as_deref())
    }
}

/// A connection without the states of its secrets.
pub(super) fn read(row: &Row) -> Result<Shown, StoreError> {
    let fields = ConnectionFields::read(row)?;
    let user =
        User { user_id: row.get("user_id")?, name: row.get("user_name")?, email: None, is_admin: None };
    Ok(Shown {
        connection_id: row.get("connection_id")?,
        user,
        connection_name: fields.name,
        connection_provider: fields.provider,
        auth_method: fields.auth_method,
        login_name: fields.login_name,
        uri: fields.uri,
        secrets: ConnectionSecrets::default(),
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        version: row.get("version")?,
    })
}
