//! Making, changing and deleting schedules.

use models::id::{ProjectId, ScheduleId, UserId};
use models::run::AddRun;
use models::schedule::{MissedTimes, NewSchedule, Schedule, SchedulePatch};
use models::time::UnixMillis;
use uuid::Uuid;

use super::news::publish;
use super::read::one;
use crate::cron::{Timetable, TimetableError};
use crate::store::{Connection, Once, Sql, Store, StoreError, idempotency, runs};

impl From<TimetableError> for StoreError {
    fn from(error: TimetableError) -> Self {
        Self::Invalid { field: error.field, message: error.message }
    }
}

impl Store {
    /// Makes a schedule, which acts in the name of `user` from `now` on.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when there are no such times, or it names what is not of the project or not her own;
    /// [`StoreError::Conflict`] when there are [`Schedule::MAX`] already.
    pub async fn create_schedule(
        &self,
        project: ProjectId,
        user: UserId,
        new: NewSchedule,
        once: Option<Once>,
        now: UnixMillis,
    ) -> Result<Schedule, StoreError> {
        let table = Timetable::new(new.cron_string.as_str(), &new.time_zone)?;
        check_missed_times(&new.missed_times)?;
        self.write(move |connection| {
            Box::pin(async move {
                if let Some(before) = idempotency::answer_before(connection, once.as_ref()).await? {
                    return Ok(before);
                }
                check_room(connection, project).await?;
                let request = checked(connection, project, user, new.request).await?;
                let id = ScheduleId(Uuid::now_v7());
                let sql = Sql::new(
                    "INSERT INTO schedules (schedule_id, project_id, user_id, name, request, cron, time_zone, is_paused, \
                     missed_times, next_due_at, created_at, updated_at, version) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, 1)",
                )
                .with(id)
                .with(project)
                .with(user)
                .with(new.name.as_str())
                .with(serde_json::to_string(&request)?)
                .with(new.cron_string.as_str())
                .with(new.time_zone)
                .with(new.paused)
                .with(new.missed_times.as_str())
                .with(table.next_after(now).filter(|_| !new.paused))
                .with(now);
                connection.execute(sql).await?;
                publish(connection, project);
                let made = one(connection, project, id, now).await?;
                idempotency::keep_answer(connection, once, &made).await?;
                Ok(made)
            })
        })
        .await
    }

    /// Changes a schedule, if it still is of version `expected`. Who says anew what it does or when has it act in her name.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when it is not; [`StoreError::NotFound`] when the project has none with this id;
    /// [`StoreError::Conflict`] when it is a deployment's; else as [`Store::create_schedule`].
    pub async fn change_schedule(
        &self,
        (project, id): (ProjectId, ScheduleId),
        user: UserId,
        patch: SchedulePatch,
        expected: Option<i64>,
        now: UnixMillis,
    ) -> Result<Schedule, StoreError> {
        patch.missed_times.as_ref().map_or(Ok(()), check_missed_times)?;
        self.write(move |connection| {
            Box::pin(async move {
                let current = one(connection, project, id, now).await?;
                if expected.is_some_and(|expected| expected != current.version) {
                    return Err(StoreError::Stale);
                }
                if let Some(deployment) = &current.deployment {
                    return Err(StoreError::Conflict(format!(
                        "These are the times of the deployment {}; change them there.",
                        deployment.name
                    )));
                }
                update(connection, project, user, current, patch, now).await?;
                publish(connection, project);
                one(connection, project, id, now).await
            })
        })
        .await
    }

    /// Deletes a schedule with what came of its times, if it still is of version `expected`. Its runs stay.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when it is not; [`StoreError::NotFound`] when the project has none with this id;
    /// [`StoreError::Conflict`] when it is a deployment's.
    pub async fn delete_schedule(
        &self,
        project: ProjectId,
        id: ScheduleId,
        expected: Option<i64>,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let sql = Sql::new(
                    "SELECT version, deployment_id FROM schedules WHERE project_id = $1 AND schedule_id = $2",
                );
                let row = connection.fetch_one(sql.with(project).with(id)).await?;
                let version: i64 = row.get("version")?;
                if expected.is_some_and(|expected| expected != version) {
                    return Err(StoreError::Stale);
                }
                if row.get::<Option<Uuid>>("deployment_id")?.is_some() {
                    let message = "These are the times of a deployment; take its schedule away there.";
                    return Err(StoreError::Conflict(message.to_owned()));
                }
                let sql = Sql::new("DELETE FROM schedules WHERE schedule_id = $1 AND version = $2");
                if connection.execute(sql.with(id).with(version)).await? == 0 {
                    return Err(StoreError::Stale);
                }
                publish(connection, project);
                Ok(())
            })
        })
        .await
    }
}

async fn update(
    connection: &mut Connection,
    project: ProjectId,
    user: UserId,
    current: Schedule,
    patch: SchedulePatch,
    now: UnixMillis,
) -> Result<(), StoreError> {
    let takes_over = patch.takes_over();
    let is_timed_anew = patch.cron_string.is_some() || patch.time_zone.is_some();
    let paused = patch.paused.unwrap_or(current.paused);
    let cron = patch.cron_string.map_or(current.cron_string, String::from);
    let zone = patch.time_zone.unwrap_or(current.time_zone);
    let table = Timetable::new(&cron, &zone)?;
    let user = if takes_over { user } else { current.user.user_id };
    let request = match (patch.request.or(current.request), takes_over) {
        (Some(request), true) => Some(checked(connection, project, user, request).await?),
        (request, _) => request,
    };
    let mut sql = Sql::default();
    sql.push("UPDATE schedules SET name = ").bind(patch.name.map_or(current.name, String::from));
    sql.push(", user_id = ").bind(user);
    sql.push(", request = ").bind(serde_json::to_string(&request)?);
    sql.push(", cron = ").bind(cron).push(", time_zone = ").bind(zone);
    sql.push(", missed_times = ");
    sql.bind(patch.missed_times.unwrap_or(current.missed_times).as_str().to_owned());
    sql.push(", is_paused = ").bind(paused);
    if paused != current.paused || is_timed_anew {
        sql.push(", problem = NULL, next_due_at = ").bind(table.next_after(now).filter(|_| !paused));
    }
    sql.push(", updated_at = ").bind(now).push(", version = version + 1 WHERE schedule_id = ");
    sql.bind(current.schedule_id).push(" AND version = ").bind(current.version);
    match connection.execute(sql).await? {
        // PostgreSQL lets two read the same version; the second then finds it gone.
        0 => Err(StoreError::Stale),
        _ => Ok(()),
    }
}

/// The request as it is kept: for a run that is made anew each time, of what the project has and she may use.
async fn checked(
    connection: &mut Connection,
    project: ProjectId,
    user: UserId,
    request: AddRun,
) -> Result<AddRun, StoreError> {
    runs::experiment_of(connection, project, request.experiment_repository_id).await.map_err(|error| {
        match error {
            StoreError::Invalid { message, .. } => {
                StoreError::Invalid { field: "request.experimentRepositoryId", message }
            }
            StoreError::NotFound
            | StoreError::Stale
            | StoreError::Conflict(_)
            | StoreError::Full
            | StoreError::Unavailable
            | StoreError::Corrupt(_)
            | StoreError::Database(_) => error,
        }
    })?;
    check_connection(connection, user, &request, "request.connectionId").await?;
    Ok(AddRun { mlflow_run_id: None, ..request })
}

/// Refuses a request that names somebody else's connection.
pub(super) async fn check_connection(
    connection: &mut Connection,
    user: UserId,
    request: &AddRun,
    field: &'static str,
) -> Result<(), StoreError> {
    let Some(named) = request.connection_id else { return Ok(()) };
    let sql = Sql::new("SELECT 1 AS one FROM connections WHERE user_id = $1 AND connection_id = $2");
    match connection.fetch_optional(sql.with(user).with(named)).await? {
        Some(_) => Ok(()),
        None => Err(StoreError::Invalid {
            field,
            message: "name a connection of your own; you have none with this id".to_owned(),
        }),
    }
}

fn check_missed_times(missed: &MissedTimes) -> Result<(), StoreError> {
    match missed {
        MissedTimes::Skip | MissedTimes::Once => Ok(()),
        MissedTimes::Unknown(_) => {
            Err(StoreError::Invalid { field: "missedTimes", message: "use SKIP or ONCE".to_owned() })
        }
    }
}

/// Refuses one schedule more than a project may have.
async fn check_room(connection: &mut Connection, project: ProjectId) -> Result<(), StoreError> {
    let sql = Sql::new("SELECT COUNT(*) AS n FROM schedules WHERE project_id = $1 AND deployment_id IS NULL");
    let n_schedules: u64 = connection.fetch_one(sql.with(project)).await?.get("n")?;
    if n_schedules >= Schedule::MAX {
        let max = Schedule::MAX;
        return Err(StoreError::Conflict(format!("The project has {max} schedules. Delete some first.")));
    }
    Ok(())
}
