//! Deployments that the server serves itself: started and stopped, what they are doing, and what they print.

mod draft;
mod fields;
mod history;
mod log;
mod state;
mod switch;

pub(super) use draft::{LOCAL, LocalDraft};
pub(super) use fields::{LocalFields, LocalSignals};
pub(super) use history::History;
pub(super) use log::Log;
pub(super) use state::State;
pub(super) use switch::Switch;
