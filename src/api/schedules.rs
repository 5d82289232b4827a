//! Schedules, and what came of their times.

use models::id::{ProjectId, ScheduleId};
use models::page::{Page, PageQuery};
use models::paths;
use models::schedule::{
    NewSchedule, Schedule, ScheduleFire, SchedulePatch, SchedulePreview, SchedulePreviewRequest,
};

use super::ApiError;
use super::http::{self, Query};

/// `GET /api/projects/{project}/schedules`.
///
/// # Errors
/// As the server answers.
pub(crate) async fn list((project, page): (ProjectId, PageQuery)) -> Result<Page<Schedule>, ApiError> {
    http::get(&paths::schedules(project), &Query::none().with(&page)).await
}

/// `GET /api/projects/{project}/schedules/{schedule}`.
///
/// # Errors
/// [`ApiError::NotFound`] when there is none, or the person may not see it.
pub(crate) async fn get((project, id): (ProjectId, ScheduleId)) -> Result<Schedule, ApiError> {
    http::get(&paths::schedule(project, id), &Query::none()).await
}

/// `POST /api/projects/{project}/schedules/preview`.
///
/// # Errors
/// [`ApiError::Invalid`] when there are no such times.
pub(crate) async fn preview(
    (project, asked): (ProjectId, SchedulePreviewRequest),
) -> Result<SchedulePreview, ApiError> {
    http::ask(&paths::schedules_preview(project), &asked).await
}

/// `POST /api/projects/{project}/schedules`.
///
/// # Errors
/// [`ApiError::Invalid`] when fields are refused.
pub(crate) async fn create((project, new): (ProjectId, NewSchedule)) -> Result<ScheduleId, ApiError> {
    http::create(&paths::schedules(project), &new).await.map(|made: Schedule| made.schedule_id)
}

/// `PUT /api/projects/{project}/schedules/{schedule}`, of the version that was seen.
///
/// # Errors
/// [`ApiError::Stale`] when somebody else changed it; [`ApiError::Invalid`] when fields are refused.
pub(crate) async fn change(
    (project, id, version, patch): (ProjectId, ScheduleId, i64, SchedulePatch),
) -> Result<(), ApiError> {
    http::change(&paths::schedule(project, id), version, &patch).await
}

/// `DELETE /api/projects/{project}/schedules/{schedule}`, of the version that was seen.
///
/// # Errors
/// [`ApiError::Stale`] when somebody else changed it.
pub(crate) async fn delete((project, id, version): (ProjectId, ScheduleId, i64)) -> Result<(), ApiError> {
    http::delete(&paths::schedule(project, id), Some(version)).await
}

/// `POST /api/projects/{project}/schedules/{schedule}/run`.
///
/// # Errors
/// [`ApiError::Invalid`] when it names what the person may not use.
pub(crate) async fn run((project, id): (ProjectId, ScheduleId)) -> Result<ScheduleFire, ApiError> {
    http::create(&paths::schedule_run(project, id), &()).await
}

/// `GET /api/projects/{project}/schedules/{schedule}/fires`.
///
/// # Errors
/// As the server answers.
pub(crate) async fn fires(
    (project, id, page): (ProjectId, ScheduleId, PageQuery),
) -> Result<Page<ScheduleFire>, ApiError> {
    http::get(&paths::schedule_fires(project, id), &Query::none().with(&page)).await
}
