//! The schedules of deployments: they follow what is said of the deployment.

use models::id::{DeploymentId, ProjectId, ScheduleId, UserId};
use models::schedule::MissedTimes;
use models::time::UnixMillis;
use uuid::Uuid;

use super::news::publish;
use crate::cron::Timetable;
use crate::store::{Connection, Row, Sql, StoreError};

/// Brings the schedule of a deployment up to what is said of the deployment: there is one where it has times, something
/// to ask, and somebody in whose name that is done.
pub(in crate::store) async fn follow_deployment(
    connection: &mut Connection,
    project: ProjectId,
    deployment: DeploymentId,
    now: UnixMillis,
) -> Result<(), StoreError> {
    let sql = Sql::new(
        "SELECT d.name, d.user_id, d.cron, d.time_zone, d.is_paused, d.scheduled_request, s.schedule_id, s.cron AS old_cron, \
         s.time_zone AS old_time_zone, s.is_paused AS old_paused FROM deployments d \
         LEFT JOIN schedules s ON s.deployment_id = d.deployment_id WHERE d.deployment_id = $1",
    );
    let row = connection.fetch_one(sql.with(deployment)).await?;
    let present: Option<ScheduleId> = row.get("schedule_id")?;
    match (Wanted::read(&row)?, present) {
        (Some(wanted), None) => insert(connection, (project, deployment), wanted, now).await?,
        (Some(wanted), Some(id)) => {
            let is_timed_anew = row.get::<Option<String>>("old_cron")?.as_ref() != Some(&wanted.cron)
                || row.get::<Option<String>>("old_time_zone")?.as_ref() != Some(&wanted.time_zone)
                || row.get::<Option<bool>>("old_paused")? != Some(wanted.paused);
            update(connection, id, wanted, is_timed_anew, now).await?;
        }
        (None, Some(id)) => {
            connection.execute(Sql::new("DELETE FROM schedules WHERE schedule_id = $1").with(id)).await?;
        }
        (None, None) => return Ok(()),
    }
    publish(connection, project);
    Ok(())
}

/// What the schedule of a deployment is to be.
struct Wanted {
    user: UserId,
    name: String,
    request: String,
    cron: String,
    time_zone: String,
    paused: bool,
}

impl Wanted {
    fn read(row: &Row) -> Result<Option<Self>, StoreError> {
        let (cron, request) =
            (row.get::<Option<String>>("cron")?, row.get::<Option<String>>("scheduled_request")?);
        let (Some(cron), Some(request), Some(user)) = (cron, request, row.get("user_id")?) else {
            return Ok(None);
        };
        let (name, time_zone, paused) = (row.get("name")?, row.get("time_zone")?, row.get("is_paused")?);
        Ok(Some(Self { user, name, request, cron, time_zone, paused }))
    }

    fn next(&self, now: UnixMillis) -> Result<Option<UnixMillis>, StoreError> {
        let table = Timetable::new(&self.cron, &self.time_zone)?;
        Ok(table.next_after(now).filter(|_| !self.paused))
    }
}

async fn insert(
    connection: &mut Connection,
    (project, deployment): (ProjectId, DeploymentId),
    wanted: Wanted,
    now: UnixMillis,
) -> Result<(), StoreError> {
    let next = wanted.next(now)?;
    let sql = Sql::new(
        "INSERT INTO schedules (schedule_id, project_id, user_id, deployment_id, name, request, cron, time_zone, is_paused, \
         missed_times, next_due_at, created_at, updated_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, 1)",
    )
    .with(ScheduleId(Uuid::now_v7()))
    .with(project)
    .with(wanted.user)
    .with(deployment)
    .with(wanted.name)
    .with(wanted.request)
    .with(wanted.cron)
    .with(wanted.time_zone)
    .with(wanted.paused)
    .with(MissedTimes::Skip.as_str())
    .with(next)
    .with(now);
    connection.execute(sql).await.map(drop)
}

async fn update(
    connection: &mut Connection,
    id: ScheduleId,
    wanted: Wanted,
    is_timed_anew: bool,
    now: UnixMillis,
) -> Result<(), StoreError> {
    let next = wanted.next(now)?;
    let mut sql = Sql::default();
    sql.push("UPDATE schedules SET name = ").bind(wanted.name).push(", request = ").bind(wanted.request);
    sql.push(", cron = ").bind(wanted.cron).push(", time_zone = ").bind(wanted.time_zone);
    sql.push(", is_paused = ").bind(wanted.paused);
    if is_timed_anew {
        sql.push(", problem = NULL, next_due_at = ").bind(next);
    }
    sql.push(", updated_at = ").bind(now).push(", version = version + 1 WHERE schedule_id = ").bind(id);
    connection.execute(sql).await.map(drop)
}

/// Puts a deployment to rest whose schedule was put to rest.
pub(super) async fn pause(connection: &mut Connection, schedule: ScheduleId) -> Result<(), StoreError> {
    let sql = Sql::new(
        "UPDATE deployments SET is_paused = TRUE, version = version + 1 WHERE deployment_id = \
         (SELECT deployment_id FROM schedules WHERE schedule_id = $1)",
    );
    connection.execute(sql.with(schedule)).await.map(drop)
}
