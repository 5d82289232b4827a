//! What was done with a person's secrets and settings, and by what.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::AuditEventId;
use crate::macros::open_enum;
use crate::page::Listed;
use crate::time::UnixMillis;

open_enum! {
    /// What was done.
    AuditAction {
        /// Somebody signed in as this person, in a browser or with the `mantik` client.
        SignedIn = "SIGNED_IN",
        /// A connection was made.
        ConnectionCreated = "CONNECTION_CREATED",
        /// A connection was changed.
        ConnectionChanged = "CONNECTION_CHANGED",
        /// A connection was deleted.
        ConnectionDeleted = "CONNECTION_DELETED",
        /// A program was given the secrets of a connection.
        SecretsRead = "SECRETS_READ",
        /// The server tried a connection out with its secrets.
        ConnectionTested = "CONNECTION_TESTED",
        /// The server read a code repository with the secrets of a connection.
        RepositoryRead = "REPOSITORY_READ",
        /// The server handed a run to a machine, and asks it about that, with the secrets of a connection.
        MachineAsked = "MACHINE_ASKED",
        /// Name or e-mail address were changed.
        PersonChanged = "PERSON_CHANGED",
        /// The password was changed.
        PasswordChanged = "PASSWORD_CHANGED",
        /// The payment information was set or removed.
        PaymentChanged = "PAYMENT_CHANGED",
    }
}

/// Something that was done; it is never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AuditEvent {
    /// Identifies the event.
    pub audit_event_id: AuditEventId,
    /// When it was done.
    pub at: UnixMillis,
    /// What was done.
    pub action: AuditAction,
    /// With what: the id of a connection or session; `null` when it is the person herself.
    pub object_id: Option<Uuid>,
    /// What that was called then; of a session, what the browser or program called itself.
    pub object_name: String,
    /// By what the caller proved who she is: `browser`, `client`, or `token` and the id of an API token.
    pub credential: String,
    /// Names the request in the server's log.
    pub request_id: String,
}

impl Listed for AuditEvent {
    const PROPERTY: &'static str = "events";
}
