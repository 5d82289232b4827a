//! Schedules, and what came of their times.

mod deployments;
mod due;
mod fire;
mod fires;
mod news;
mod past;
mod read;
mod write;

pub use due::{DueSchedule, Scheduled};
pub use fire::{Fired, Firing};

pub(super) use deployments::follow_deployment;
pub(super) use read::sentence;
