//! Signing in and out, and the first start of a server.

use serde::{Deserialize, Serialize};

use crate::id::SessionId;
use crate::page::Listed;
use crate::person::User;
use crate::text::{EmailAddress, UserName};
use crate::time::UnixMillis;

/// How long a password must be at least, in characters; length is what makes guessing hard.
pub const MIN_PASSWORD_LENGTH: usize = 12;
/// How long a password may be, in characters.
pub const MAX_PASSWORD_LENGTH: usize = 256;

/// Why a new password cannot be used; `None` when it can.
#[must_use]
pub fn why_not_password(password: &str) -> Option<String> {
    match password.chars().count() {
        n if n < MIN_PASSWORD_LENGTH => {
            Some(format!("use at least {MIN_PASSWORD_LENGTH} characters; a few words are fine"))
        }
        n if n > MAX_PASSWORD_LENGTH => Some(format!("use at most {MAX_PASSWORD_LENGTH} characters")),
        _ => None,
    }
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// The person.
    pub user: User,
    /// When she has to sign in again.
    pub expires_at: UnixMillis,
}

/// One of the places where a person is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OpenSession {
    /// Identifies the session.
    pub session_id: SessionId,
    /// What the session is of.
    pub kind: OpenSessionKind,
    /// What the browser or program called itself, its `User-Agent`; empty when it did not say.
    pub device: String,
    /// Whether the question came from it.
    pub is_current: bool,
    /// When she signed in.
    pub created_at: UnixMillis,
    /// When it was last used, to the minute.
    pub last_seen_at: UnixMillis,
    /// When it ends in any case.
    pub expires_at: UnixMillis,
}

impl Listed for OpenSession {
    const PROPERTY: &'static str = "sessions";
}

/// What a session is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum OpenSessionKind {
    /// A browser.
    Browser,
    /// The `mantik` client.
    Client,
}

/// Asks for a session. The answer sets a cookie.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignIn {
    /// The user name or the e-mail address.
    #[cfg_attr(feature = "openapi", schema(max_length = 254))]
    pub username: String,
    /// The password.
    #[cfg_attr(feature = "openapi", schema(max_length = 256, format = Password, write_only))]
    pub password: String,
    /// Whether to stay signed in for 30 days rather than one.
    #[serde(default)]
    pub remember: bool,
}

/// Confirms that it is the person herself who uses her session.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Confirmation {
    /// Her password.
    #[cfg_attr(feature = "openapi", schema(max_length = 256, format = Password, write_only))]
    pub password: String,
}

/// Asks for a session with a one-time link, such as the one that a demonstration server prints.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignInByLink {
    /// The token in the link.
    #[cfg_attr(feature = "openapi", schema(max_length = 100, write_only))]
    pub token: String,
}

/// Whether the server waits for its first user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SetupState {
    /// `true` until the first user exists.
    pub needed: bool,
}

/// Makes the first user, an administrator. Needs the token from the link that the server printed at its start.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Setup {
    /// The token in the link.
    #[cfg_attr(feature = "openapi", schema(max_length = 100, write_only))]
    pub token: String,
    /// What she signs in with.
    pub username: UserName,
    /// Her e-mail address.
    pub email: EmailAddress,
    /// Her password, 12 to 256 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 12, max_length = 256, format = Password, write_only))]
    pub password: String,
}

macro_rules! hide_secrets {
    ($($name:ident),+) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )+};
}

hide_secrets!(SignIn, Confirmation, SignInByLink, Setup);
