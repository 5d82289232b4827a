//! Deployed models that servers serve on their own machines. Each has one server that sees to it, known by a lease that it
//! renews.

mod events;
mod lease;
mod log;
mod progress;
mod record;
mod request;

pub use progress::Starting;
pub use record::{ServingRecord, ServingState};
pub use request::ServingHost;

pub(super) use events::note;
pub(super) use record::of_deployments;
