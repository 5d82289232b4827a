//! Doing what schedules say, when they say it.

mod act;
mod keep;
mod plan;

pub use act::{run_due, run_now};
pub use keep::keep_schedules;
