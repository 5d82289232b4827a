//! Trying out whether a connection opens its door.

use serde::{Deserialize, Serialize};

use crate::macros::open_enum;
use crate::text::Uri;

/// Asks the server to try a connection out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewConnectionTest {
    /// What to ask for, such as one repository, in place of the connection's own address. It must be on the same host:
    /// secrets are shown to no other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uri: Option<Uri>,
}

open_enum! {
    /// How a trial went.
    TestOutcome {
        /// The system took the credentials.
        Ok = "OK",
        /// The system answers; whether it takes the credentials was not tried.
        Reached = "REACHED",
        /// The system refused the credentials.
        Refused = "REFUSED",
        /// The system does not answer, or not as such a system does.
        Unreachable = "UNREACHABLE",
        /// Connections of this kind cannot be tried out, or something is missing.
        NotSupported = "NOT_SUPPORTED",
    }
}

/// How a trial went, and what to do now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConnectionTest {
    /// How it went.
    pub outcome: TestOutcome,
    /// What that means and what to do, for people.
    pub message: String,
    /// The host that was asked; `null` when none was.
    pub host: Option<String>,
}
