//! Schedules, and what came of their times.

use models::id::{ProjectId, ScheduleId};
use models::page::{Page, PageQuery};
use models::schedule::{
    NewSchedule, Schedule, ScheduleFire, SchedulePatch, SchedulePreview, SchedulePreviewRequest,
};

use super::{Query, Topic, Write, read, read_when, write};
use crate::api;

/// A page of a project's schedules: those whose next time comes first, then those that rest.
pub fn list(page: impl Fn() -> (ProjectId, PageQuery) + Send + Sync + 'static) -> Query<Page<Schedule>> {
    read(|(project, _)| Topic::Schedules(*project), api::schedules::list, page)
}

/// A schedule.
pub fn get(which: impl Fn() -> (ProjectId, ScheduleId) + Send + Sync + 'static) -> Query<Schedule> {
    read(|(project, _)| Topic::Schedules(*project), api::schedules::get, which)
}

/// What a schedule would mean; nothing is asked while there is none.
pub fn preview(
    asked: impl Fn() -> Option<(ProjectId, SchedulePreviewRequest)> + Send + Sync + 'static,
) -> Query<SchedulePreview> {
    read_when(|_| Topic::Search, api::schedules::preview, asked)
}

/// A page of what came of the times of a schedule, the last one first.
pub fn fires(
    page: impl Fn() -> (ProjectId, ScheduleId, PageQuery) + Send + Sync + 'static,
) -> Query<Page<ScheduleFire>> {
    read(|(project, ..)| Topic::Schedules(*project), api::schedules::fires, page)
}

/// Has runs started by themselves.
pub fn create() -> Write<(ProjectId, NewSchedule), ScheduleId> {
    write(|(project, _)| vec![Topic::Schedules(*project)], api::schedules::create)
}

/// Changes a schedule, of the version that was seen.
pub fn change() -> Write<(ProjectId, ScheduleId, i64, SchedulePatch), ()> {
    write(|(project, ..)| vec![Topic::Schedules(*project)], api::schedules::change)
}

/// Deletes a schedule, of the version that was seen. Lists are read anew when the server tells of it: by then nobody asks
/// for what is gone.
pub fn delete() -> Write<(ProjectId, ScheduleId, i64), ()> {
    write(|_| Vec::new(), api::schedules::delete)
}

/// Does what a schedule does, now.
pub fn run() -> Write<(ProjectId, ScheduleId), ScheduleFire> {
    write(|(project, _)| vec![Topic::Schedules(*project), Topic::Runs(*project)], api::schedules::run)
}
