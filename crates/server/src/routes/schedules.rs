//! Schedules: runs that are started by themselves.

use axum::extract::State;
use axum::http::StatusCode;
use models::id::{ProjectId, ScheduleId};
use models::page::{Page, PageQuery};
use models::paths;
use models::permission::Action;
use models::schedule::{
    NewSchedule, Schedule, ScheduleFire, SchedulePatch, SchedulePreview, SchedulePreviewRequest,
};
use utoipa_axum::routes;

use crate::auth::{Access, Routes, SignedIn};
use crate::cron::Timetable;
use crate::error::Error;
use crate::http::{Idempotency, IfMatch, Json, Paging, Path, Versioned};
use crate::store::{Store, StoreError};
use crate::{AppState, clock, services};

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::ViewProject, routes!(list))
        .add(Action::SubmitRuns, routes!(create))
        .add(Action::ViewProject, routes!(preview))
        .add(Action::ViewProject, routes!(show))
        .add(Action::SubmitRuns, routes!(change))
        .add(Action::SubmitRuns, routes!(delete))
        .add(Action::SubmitRuns, routes!(run))
        .add(Action::ViewProject, routes!(fires))
}

/// The schedules of a project: those whose next time comes first, then those that rest. Those of its deployments are
/// among them.
#[utoipa::path(get, path = paths::SCHEDULES, tag = "schedules", operation_id = "list_schedules", params(PageQuery),
    responses((status = 200, description = "A page.", body = Page<Schedule>)))]
async fn list(
    State(store): State<Store>,
    access: Access,
    Paging(page): Paging,
) -> Result<Json<Page<Schedule>>, Error> {
    Ok(Json(store.schedules(access.project_id, page, clock::now()).await?))
}

/// Have a run started by itself at certain times, in the caller's name and as long as she may start it.
#[utoipa::path(post, path = paths::SCHEDULES, tag = "schedules", operation_id = "create_schedule",
    request_body(content = NewSchedule, example = json!({
        "name": "Nightly", "cronString": "0 2 * * *", "timeZone": "Europe/Berlin", "missedTimes": "ONCE",
        "request": {"name": "nightly", "experimentRepositoryId": "0190a5b2-c3d4-7e5f-8a9b-cdef01234567", "branch": "main",
            "entryPoint": "train", "backendConfig": {}},
    })),
    params(("Idempotency-Key" = Option<String>, Header, description = "The same request with the same key makes one schedule.")),
    responses((status = 201, description = "The schedule.", body = Schedule),
        (status = 409, description = "There are as many schedules as there may be.", body = models::problem::Problem)))]
async fn create(
    State(store): State<Store>,
    access: Access,
    signed_in: SignedIn,
    idempotency: Idempotency,
    Json(new): Json<NewSchedule>,
) -> Result<(StatusCode, Json<Schedule>), Error> {
    let user = signed_in.user.user_id;
    let once = idempotency.once(user, "create_schedule", &(access.project_id, &new));
    let made = store.create_schedule(access.project_id, user, new, once, clock::now()).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// What five cron fields mean in a time zone: in words, and the next five times. Nothing is changed.
#[utoipa::path(post, path = paths::SCHEDULES_PREVIEW, tag = "schedules", operation_id = "preview_schedule",
    request_body(content = SchedulePreviewRequest, example = json!({"cronString": "0 2 * * 1", "timeZone": "Europe/Berlin"})),
    responses((status = 200, description = "What it means.", body = SchedulePreview)))]
async fn preview(Json(asked): Json<SchedulePreviewRequest>) -> Result<Json<SchedulePreview>, Error> {
    let table = Timetable::new(asked.cron_string.as_str(), &asked.time_zone).map_err(StoreError::from)?;
    Ok(Json(table.preview(clock::now())))
}

/// A schedule.
#[utoipa::path(get, path = paths::SCHEDULE, tag = "schedules", operation_id = "get_schedule",
    responses((status = 200, description = "The schedule.", body = Schedule)))]
async fn show(
    State(store): State<Store>,
    Path((project, id)): Path<(ProjectId, ScheduleId)>,
) -> Result<Versioned<Schedule>, Error> {
    Ok(versioned(store.schedule(project, id, clock::now()).await?))
}

/// Change, pause or resume a schedule. Who says anew what it does or when, or resumes it, has it act in her own name.
#[utoipa::path(put, path = paths::SCHEDULE, tag = "schedules", operation_id = "change_schedule",
    request_body(content = SchedulePatch, example = json!({"cronString": "0 3 * * *", "paused": false})),
    params(("If-Match" = Option<String>, Header, description = "The version that is changed, `\"v3\"`; browsers must send it.")),
    responses((status = 200, description = "As it is now.", body = Schedule),
        (status = 409, description = "It is that of a deployment, and is changed there.", body = models::problem::Problem),
        (status = 412, description = "Somebody else was faster; the schedule as it is now.", body = models::problem::Problem),
        (status = 428, description = "A browser must say which version it changes.", body = models::problem::Problem)))]
async fn change(
    State(store): State<Store>,
    signed_in: SignedIn,
    Path((project, id)): Path<(ProjectId, ScheduleId)>,
    IfMatch(expected): IfMatch,
    Json(patch): Json<SchedulePatch>,
) -> Result<Versioned<Schedule>, Error> {
    let (user, now) = (signed_in.user.user_id, clock::now());
    match store.change_schedule((project, id), user, patch, expected, now).await {
        Ok(schedule) => Ok(versioned(schedule)),
        Err(StoreError::Stale) => Err(Error::stale(store.schedule(project, id, now).await)),
        Err(error) => Err(error.into()),
    }
}

/// Delete a schedule, and what came of its times. The runs that it has started stay.
#[utoipa::path(delete, path = paths::SCHEDULE, tag = "schedules", operation_id = "delete_schedule",
    params(("If-Match" = Option<String>, Header, description = "The version that is deleted, `\"v3\"`; browsers must send it.")),
    responses((status = 204, description = "Deleted."),
        (status = 409, description = "It is that of a deployment, and is taken away there.", body = models::problem::Problem),
        (status = 412, description = "Somebody else was faster; the schedule as it is now.", body = models::problem::Problem),
        (status = 428, description = "A browser must say which version it deletes.", body = models::problem::Problem)))]
async fn delete(
    State(store): State<Store>,
    Path((project, id)): Path<(ProjectId, ScheduleId)>,
    IfMatch(expected): IfMatch,
) -> Result<StatusCode, Error> {
    match store.delete_schedule(project, id, expected).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(StoreError::Stale) => Err(Error::stale(store.schedule(project, id, clock::now()).await)),
        Err(error) => Err(error.into()),
    }
}

/// Do now what a schedule does, in the caller's name. Its times stay as they are, and whether it rests.
#[utoipa::path(post, path = paths::SCHEDULE_RUN, tag = "schedules", operation_id = "run_schedule",
    params(("Idempotency-Key" = Option<String>, Header, description = "The same request with the same key makes one run.")),
    responses((status = 201, description = "What came of it so far.", body = ScheduleFire)))]
async fn run(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(place): Path<(ProjectId, ScheduleId)>,
    idempotency: Idempotency,
) -> Result<(StatusCode, Json<ScheduleFire>), Error> {
    let user = signed_in.user.user_id;
    let once = idempotency.once(user, "run_schedule", &place);
    let fire = services::run_schedule_now(&state, place, user, once, clock::now()).await?;
    Ok((StatusCode::CREATED, Json(fire)))
}

/// What came of the times of a schedule in the last 90 days, the last one first. What a model answered, and why something
/// failed, is told to those who may read predictions.
#[utoipa::path(get, path = paths::SCHEDULE_FIRES, tag = "schedules", operation_id = "list_schedule_fires", params(PageQuery),
    responses((status = 200, description = "A page.", body = Page<ScheduleFire>)))]
async fn fires(
    State(store): State<Store>,
    access: Access,
    Path((project, id)): Path<(ProjectId, ScheduleId)>,
    Paging(page): Paging,
) -> Result<Json<Page<ScheduleFire>>, Error> {
    let mut fires = store.schedule_fires(project, id, page).await?;
    if access.role.why_not(Action::ReadPredictions).is_some() {
        fires.items.iter_mut().for_each(|fire| fire.message = None);
    }
    Ok(Json(fires))
}

fn versioned(schedule: Schedule) -> Versioned<Schedule> {
    Versioned { version: schedule.version, body: schedule }
}
