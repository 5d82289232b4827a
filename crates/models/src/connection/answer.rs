//! What the server tells of a connection.

use serde::{Deserialize, Serialize};

use super::{AuthMethod, ConnectionProvider};
use crate::id::ConnectionId;
use crate::page::Listed;
use crate::person::User;
use crate::secret::Secret;
use crate::time::UnixMillis;

/// What others than its owner may know of a connection: in runs, deployments and usages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConnectionSummary {
    /// Identifies the connection.
    pub connection_id: ConnectionId,
    /// What its owner calls it.
    pub connection_name: String,
    /// The outside system.
    pub connection_provider: ConnectionProvider,
}

/// A connection as its owner sees it, without its secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// Identifies the connection.
    pub connection_id: ConnectionId,
    /// Whose it is.
    pub user: User,
    /// What she calls it.
    pub connection_name: String,
    /// The outside system.
    pub connection_provider: ConnectionProvider,
    /// How she proves there who she is.
    pub auth_method: AuthMethod,
    /// Her name there; `null` when the method needs none.
    pub login_name: Option<String>,
    /// Where the system is, as `https://…`, `s3://…` or `ssh://…`; `null` where its provider says it all, or nobody said.
    #[serde(default)]
    pub uri: Option<String>,
    /// Which secrets are stored.
    pub secrets: ConnectionSecrets,
    /// When it was made.
    pub created_at: UnixMillis,
    /// When it was changed last.
    pub updated_at: UnixMillis,
    /// Counts its changes; the `ETag` is `"v<version>"`.
    pub version: i64,
}

impl Listed for Connection {
    const PROPERTY: &'static str = "connections";
}

impl Connection {
    /// What others may know of it.
    #[must_use]
    pub fn summary(&self) -> ConnectionSummary {
        ConnectionSummary {
            connection_id: self.connection_id,
            connection_name: self.connection_name.clone(),
            connection_provider: self.connection_provider.clone(),
        }
    }
}

/// Which secrets of a connection are stored.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConnectionSecrets {
    /// The password, client secret or secret access key.
    pub password: SecretState,
    /// The token.
    pub token: SecretState,
    /// The private key.
    pub private_key: SecretState,
}

/// What can be told of a secret.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SecretState {
    /// Whether one is stored.
    pub set: bool,
    /// Its last four characters after an ellipsis, such as `…f3a9`; missing when it is too short to spare them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// When it was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<UnixMillis>,
}

impl SecretState {
    /// The state of `secret`, stored at `updated_at`.
    #[must_use]
    pub fn of(secret: &Secret, updated_at: UnixMillis) -> Self {
        Self { set: true, hint: hint(secret.expose()), updated_at: Some(updated_at) }
    }
}

/// The last four characters of a secret of sixteen or more; a shorter one could be guessed from them.
pub(crate) fn hint(secret: &str) -> Option<String> {
    let characters: Vec<char> = secret.trim_end().chars().collect();
    let (_, last) = characters.split_last_chunk::<4>().filter(|_| characters.len() >= 16)?;
    last.iter().all(char::is_ascii_alphanumeric).then(|| format!("…{}", last.iter().collect::<String>()))
}

/// A connection with its secrets, as the `mantik` client asks for it to clone, to copy and to submit. Only its owner's
/// programs get it, and only one at a time; the console never asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConnectionWithSecrets {
    /// Identifies the connection.
    pub connection_id: ConnectionId,
    /// Whose it is.
    pub user: User,
    /// What she calls it.
    pub connection_name: String,
    /// The outside system.
    pub connection_provider: ConnectionProvider,
    /// How she proves there who she is.
    pub auth_method: AuthMethod,
    /// Her name there.
    pub login_name: Option<String>,
    /// The password, client secret or secret access key.
    pub password: Option<Secret>,
    /// The token.
    pub token: Option<Secret>,
    /// The private key.
    pub private_key: Option<Secret>,
}

#[cfg(test)]
mod tests {
    use super::hint;

    #[test]
    fn a_hint_gives_four_characters_of_a_long_secret_and_none_of_a_short_one() {
        assert_eq!(hint("glpat-0123456789abf3a9"), Some("…f3a9".to_owned()));
        assert_eq!(hint("hunter2"), None);
        assert_eq!(hint("-----BEGIN KEY-----\nabc\n-----END KEY-----\n"), None);
    }
}
