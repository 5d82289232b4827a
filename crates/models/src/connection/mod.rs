//! Connections: one person's credentials for one outside system.

mod answer;
mod kind;
mod request;
mod trial;

pub use answer::{Connection, ConnectionSecrets, ConnectionSummary, ConnectionWithSecrets, SecretState};
pub use kind::{AuthMethod, ConnectionProvider};
pub use request::{ConnectionPatch, NewConnection};
pub use trial::{ConnectionTest, NewConnectionTest, TestOutcome};

pub(crate) use answer::hint;
