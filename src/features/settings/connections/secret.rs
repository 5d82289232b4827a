//! Which secret a way in takes, and what becomes of the one that is stored.

use models::connection::{AuthMethod, ConnectionProvider, ConnectionSecrets, SecretState};

use super::words::words;

/// A kind of secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SecretKind {
    Password,
    Token,
    PrivateKey,
}

impl SecretKind {
    pub(super) const ALL: [Self; 3] = [Self::Password, Self::Token, Self::PrivateKey];

    /// The one that a way in takes; `None` for a way that this version does not know.
    pub(super) fn of(method: &AuthMethod) -> Option<Self> {
        match method {
            AuthMethod::UsernamePassword => Some(Self::Password),
            AuthMethod::Token => Some(Self::Token),
            AuthMethod::PrivateKey => Some(Self::PrivateKey),
            AuthMethod::Unknown(_) => None,
        }
    }

    /// Its name on the wire.
    pub(super) const fn field(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Token => "token",
            Self::PrivateKey => "privateKey",
        }
    }

    /// What a system calls it.
    pub(super) fn title(self, provider: &ConnectionProvider) -> &'static str {
        match self {
            Self::Password => words(provider).password,
            Self::Token => "Token",
            Self::PrivateKey => "Private key",
        }
    }

    /// What is known of the stored one.
    pub(super) fn state(self, secrets: &ConnectionSecrets) -> &SecretState {
        match self {
            Self::Password => &secrets.password,
            Self::Token => &secrets.token,
            Self::PrivateKey => &secrets.private_key,
        }
    }
}

/// What becomes of the stored secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum SecretFate {
    /// It stays.
    #[default]
    Kept,
    /// What is typed takes its place.
    Replaced,
    /// It is removed.
    Removed,
}
