//! Acts for the times that have come.

use models::connection::Connection;
use models::deployment::{DeploymentInformation, PredictionRequest, PredictionResponse};
use models::id::{DeploymentId, ProjectId, ScheduleId, UserId};
use models::run::AddRun;
use models::schedule::{FireOutcome, ScheduleFire};
use models::time::UnixMillis;

use super::plan::plan;
use crate::AppState;
use crate::cron::Timetable;
use crate::error::Error;
use crate::services::{Asker, Question, executor_for, predict_and_keep};
use crate::store::{DueSchedule, ExecutorKind, Fired, Firing, Once, Scheduled, Store, StoreError};

/// How much of the answer of a model is kept, in characters.
const KEPT: usize = 2_000;

/// Acts for all times that have come at `now`; several servers may at once. How many this one has acted for.
///
/// # Errors
/// [`StoreError`] when the schedules cannot be read. What fails for one schedule is tried again later.
pub async fn run_due(state: &AppState, now: UnixMillis) -> Result<usize, StoreError> {
    let store = state.store();
    let mut n_acted = 0;
    loop {
        let due = store.due_schedules(now).await?;
        let n_before = n_acted;
        for schedule in due {
            let id = schedule.schedule_id;
            match act(state, schedule, now).await {
                Ok(Fired::Elsewhere) => {}
                Ok(Fired::Skipped | Fired::Run | Fired::Prediction) => n_acted += 1,
                Err(error) => {
                    tracing::warn!(schedule = %id, %error, "cannot act for a schedule; trying again later")
                }
            }
        }
        // Those that are left are in somebody else's hands, or fail for now.
        if n_acted == n_before {
            return Ok(n_acted);
        }
    }
}

async fn act(state: &AppState, due: DueSchedule, now: UnixMillis) -> Result<Fired, StoreError> {
    let store = state.store();
    let firing = match Timetable::new(&due.cron, &due.time_zone) {
        Ok(table) => plan(&table, due.due_at, &due.missed_times, now),
        Err(error) => {
            let firing = Firing { at: None, message: None, skipped: None, next: None, now };
            store.refuse_schedule(due, firing, error.to_string()).await?;
            return Ok(Fired::Skipped);
        }
    };
    match store.fire_schedule(due.clone(), firing.clone(), executors(state)).await {
        Ok(Fired::Prediction) => {
            let at = firing.at.unwrap_or(due.due_at);
            if let Scheduled::Prediction(deployment, request) = due.what {
                let place = (due.project_id, due.schedule_id, at);
                tokio::spawn(ask(state.clone(), place, due.user_id, deployment, request));
            }
            Ok(Fired::Prediction)
        }
        Ok(fired) => Ok(fired),
        Err(StoreError::Conflict(reason) | StoreError::Invalid { message: reason, .. }) => {
            refuse(store, due, firing, reason).await
        }
        Err(StoreError::NotFound) => {
            let reason = "Something that it needs is not there any more.".to_owned();
            refuse(store, due, firing, reason).await
        }
        Err(
            error @ (StoreError::Stale
            | StoreError::Full
            | StoreError::Unavailable
            | StoreError::Corrupt(_)
            | StoreError::Database(_)),
        ) => Err(error),
    }
}

async fn refuse(
    store: &Store,
    due: DueSchedule,
    firing: Firing,
    reason: String,
) -> Result<Fired, StoreError> {
    tracing::info!(schedule = %due.schedule_id, reason, "put a schedule to rest");
    store.refuse_schedule(due, firing, reason).await?;
    Ok(Fired::Skipped)
}

/// What executes the runs of schedules.
fn executors(
    state: &AppState,
) -> impl Fn(&AddRun, Option<&Connection>) -> Result<Option<ExecutorKind>, StoreError> + use<> {
    let state = state.clone();
    move |add, connection| {
        executor_for(state.settings(), add, connection).map_err(|error| StoreError::Conflict(why(error)))
    }
}

fn why(error: Error) -> String {
    let Error::Invalid(problems) = error else { return error.to_string() };
    let messages: Vec<String> = problems.into_iter().map(|problem| problem.msg).collect();
    format!("The run cannot be started: {}.", messages.join("; "))
}

/// Acts for a schedule now, in the name of `user`.
///
/// # Errors
/// As [`Store::fire_by_hand`].
pub async fn run_now(
    state: &AppState,
    (project, id): (ProjectId, ScheduleId),
    user: UserId,
    once: Option<Once>,
    now: UnixMillis,
) -> Result<ScheduleFire, StoreError> {
    let store = state.store();
    let (fire, asked) = store.fire_by_hand(project, id, user, once, now, executors(state)).await?;
    if let Some((deployment, request)) = asked {
        tokio::spawn(ask(state.clone(), (project, id, fire.due_at), user, deployment, request));
    }
    Ok(fire)
}

/// Asks a deployed model, and notes what it says. Should the server end meanwhile, the time stays one that was begun: it
/// is not asked a second time.
async fn ask(
    state: AppState,
    (project, schedule, due_at): (ProjectId, ScheduleId, UnixMillis),
    user: UserId,
    deployment: DeploymentId,
    request: PredictionRequest,
) {
    let (outcome, message) = match answer(&state, project, user, deployment, request).await {
        Ok(answer) => {
            let text = serde_json::Value::Object(answer.0).to_string();
            (FireOutcome::Answered, text.chars().take(KEPT).collect())
        }
        Err(error) => (FireOutcome::Failed, error.to_string()),
    };
    if let Err(error) = state.store().finish_fire(project, (schedule, due_at), outcome, message).await {
        tracing::warn!(%schedule, %error, "cannot note what a model answered");
    }
}

async fn answer(
    state: &AppState,
    project: ProjectId,
    user: UserId,
    id: DeploymentId,
    request: PredictionRequest,
) -> Result<PredictionResponse, Error> {
    let deployment: DeploymentInformation = state.store().owned(project, id).await?;
    let busy =
        || Error::Conflict("Others were asking this deployment; there was no room for one more.".to_owned());
    let place = state.predictions().enter(id).ok_or_else(busy)?;
    let asker = Asker::Schedule(user);
    predict_and_keep(state, Question { project, deployment, asker, asked: request }, place).await
}
