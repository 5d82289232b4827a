//! That schedules have changed.

use models::event::{Event, EventTopic};
use models::id::ProjectId;

use crate::store::Connection;

/// Tells listeners, and those who wait for the next time, that a schedule has changed.
pub(super) fn publish(connection: &mut Connection, project: ProjectId) {
    connection.publish(Event { project_id: project, topic: EventTopic::Schedules, run_id: None });
}
