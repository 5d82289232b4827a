//! What the server is told of a connection; secrets travel in this direction only.

use serde::{Deserialize, Serialize};

use super::{AuthMethod, ConnectionProvider};
use crate::lenient;
use crate::problem::FieldErrors;
use crate::secret::Secret;
use crate::text::{Name, Uri};

/// Makes a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewConnection {
    /// What to call it.
    pub connection_name: Name,
    /// The outside system.
    pub connection_provider: ConnectionProvider,
    /// How to prove there who one is.
    pub auth_method: AuthMethod,
    /// The name there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login_name: Option<Name>,
    /// Where the system is: the REST API of a UNICORE site, a token endpoint, an S3 bucket, a git host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uri: Option<Uri>,
    /// The password, client secret or secret access key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(write_only))]
    pub password: Option<Secret>,
    /// The token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(write_only))]
    pub token: Option<Secret>,
    /// The private key, in PEM or OpenSSH form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(write_only))]
    pub private_key: Option<Secret>,
}

impl NewConnection {
    /// Whether it has what its method needs.
    ///
    /// # Errors
    /// The missing fields.
    pub fn check(&self) -> Result<(), FieldErrors> {
        let given = [
            ("loginName", self.login_name.is_some()),
            ("password", self.password.is_some()),
            ("token", self.token.is_some()),
            ("privateKey", self.private_key.is_some()),
        ];
        let mut errors = FieldErrors::default();
        for field in self.auth_method.needs() {
            if given.contains(&(field, false)) {
                errors.add(field, format!("enter a value; the method {} needs it", self.auth_method));
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

/// Changes a connection; what is absent stays, and `null` removes. Another provider, login name or address is another
/// door: the secrets of the old one are removed unless they come anew in the same change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConnectionPatch {
    /// What to call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection_name: Option<Name>,
    /// The outside system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection_provider: Option<ConnectionProvider>,
    /// How to prove there who one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth_method: Option<AuthMethod>,
    /// The name there.
    #[serde(default, deserialize_with = "lenient::changed", skip_serializing_if = "Option::is_none")]
    pub login_name: Option<Option<Name>>,
    /// Where the system is.
    #[serde(default, deserialize_with = "lenient::changed", skip_serializing_if = "Option::is_none")]
    pub uri: Option<Option<Uri>>,
    /// The password, client secret or secret access key.
    #[serde(default, deserialize_with = "lenient::changed", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(write_only))]
    pub password: Option<Option<Secret>>,
    /// The token.
    #[serde(default, deserialize_with = "lenient::changed", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(write_only))]
    pub token: Option<Option<Secret>>,
    /// The private key.
    #[serde(default, deserialize_with = "lenient::changed", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(write_only))]
    pub private_key: Option<Option<Secret>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_needs_what_its_method_needs() {
        let mut connection = NewConnection {
            connection_name: "JUWELS".parse().unwrap(),
            connection_provider: ConnectionProvider::Unicore,
            auth_method: AuthMethod::UsernamePassword,
            login_name: None,
            uri: None,
            password: None,
            token: None,
            private_key: None,
        };
        let errors = connection.check().unwrap_err();
        assert_eq!(errors.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["loginName", "password"]);
        assert_eq!(errors.get("password"), Some("enter a value; the method USERNAME_PASSWORD needs it"));
        connection.auth_method = AuthMethod::Unknown("KERBEROS".to_owned());
        assert_eq!(connection.check(), Ok(()));
    }
}
