//! Connections: one person's credentials for one outside system.

mod change;
mod create;
mod read;
mod record;

pub use record::{ConnectionChange, ConnectionFields};

pub(super) use read::{named, of_user, summaries};
