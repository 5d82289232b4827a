//! Schedules, and what came of their times.

mod deployments;
mod due;
mod fire;
mod fires;
mod read;
mod write;

pub use due::{DueSchedule, Scheduled};
pub use fire::{Fired, Firing};

pub(super) use deployments::follow_deployment;

use models::event::{Event, EventTopic};
use models::id::ProjectId;

use super::Connection;

/// Tells listeners, and those who wait for the next time, that a schedule has changed.
fn publish(connection: &mut Connection, project: ProjectId) {
    connection.publish(Event { project_id: project, topic: EventTopic::Schedules, run_id: None });
}
