//! The schedules of a project.

use models::id::{ProjectId, ScheduleId};
use models::page::{Page, PageQuery};
use models::person::User;
use models::schedule::{Schedule, ScheduledDeployment};
use models::time::UnixMillis;

use super::fires;
use crate::cron::Timetable;
use crate::store::{Connection, Row, Sql, Store, StoreError};

const COLUMNS: &str = "SELECT s.schedule_id, s.name, s.request, s.deployment_id, d.name AS deployment_name, s.cron, s.time_zone, \
     s.is_paused, s.problem, s.missed_times, s.user_id, u.name AS user_name, s.created_at, s.updated_at, s.version, \
     f.due_at, f.fired_at, f.outcome, f.is_manual, f.message, r.run_id, r.name AS run_name, r.status \
     FROM schedules s JOIN users u ON u.user_id = s.user_id \
     LEFT JOIN deployments d ON d.deployment_id = s.deployment_id \
     LEFT JOIN schedule_fires f ON f.schedule_id = s.schedule_id AND f.due_at = \
     (SELECT MAX(due_at) FROM schedule_fires WHERE schedule_id = s.schedule_id) \
     LEFT JOIN runs r ON r.run_id = f.run_id AND r.project_id = s.project_id WHERE s.project_id = $1";

impl Store {
    /// The schedules of a project: those whose next time comes first, then those that rest. Their next times are those
    /// after `now`.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn schedules(
        &self,
        project: ProjectId,
        page: PageQuery,
        now: UnixMillis,
    ) -> Result<Page<Schedule>, StoreError> {
        let mut connection = self.read().await?;
        let sql = Sql::new("SELECT COUNT(*) AS n FROM schedules WHERE project_id = $1").with(project);
        let total_records = connection.fetch_one(sql).await?.get("n")?;
        let mut sql = Sql::new(COLUMNS).with(project);
        sql.push(" ORDER BY s.next_due_at IS NULL, s.next_due_at, s.created_at, s.schedule_id LIMIT ");
        sql.push_number(page.pagelength).push(" OFFSET ").push_number(page.startindex);
        let rows = connection.fetch_all(sql).await?;
        let items = rows.iter().map(|row| read(row, now)).collect::<Result<_, _>>()?;
        Ok(Page { total_records, items })
    }

    /// A schedule; its next times are those after `now`.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has none with this id.
    pub async fn schedule(
        &self,
        project: ProjectId,
        id: ScheduleId,
        now: UnixMillis,
    ) -> Result<Schedule, StoreError> {
        one(&mut self.read().await?, project, id, now).await
    }
}

pub(super) async fn one(
    connection: &mut Connection,
    project: ProjectId,
    id: ScheduleId,
    now: UnixMillis,
) -> Result<Schedule, StoreError> {
    let mut sql = Sql::new(COLUMNS).with(project);
    sql.push(" AND s.schedule_id = ").bind(id);
    read(&connection.fetch_one(sql).await?, now)
}

/// When a schedule acts, in words; as it was written where its time zone is unknown to this version.
pub(in crate::store) fn sentence(table: Option<&Timetable>, cron: &str, time_zone: &str) -> String {
    table.map_or_else(|| format!("{cron}, {time_zone}"), Timetable::sentence)
}

fn read(row: &Row, now: UnixMillis) -> Result<Schedule, StoreError> {
    let (cron_string, time_zone): (String, String) = (row.get("cron")?, row.get("time_zone")?);
    let deployment = match row.get::<Option<_>>("deployment_id")? {
        Some(deployment_id) => Some(ScheduledDeployment { deployment_id, name: row.get("deployment_name")? }),
        None => None,
    };
    let paused: bool = row.get("is_paused")?;
    // A time zone may have been known when it was made, and not to this version.
    let table = Timetable::new(&cron_string, &time_zone).ok();
    let request: String = row.get("request")?;
    Ok(Schedule {
        schedule_id: row.get("schedule_id")?,
        name: row.get("name")?,
        // What another version wrote must not hide the other schedules.
        request: if deployment.is_none() { serde_json::from_str(&request).ok() } else { None },
        deployment,
        sentence: sentence(table.as_ref(), &cron_string, &time_zone),
        next_times: table.filter(|_| !paused).map(|table| table.next_times(now)).unwrap_or_default(),
        cron_string,
        time_zone,
        paused,
        problem: row.get("problem")?,
        missed_times: row.get::<String>("missed_times")?.into(),
        last_fire: if row.get::<Option<UnixMillis>>("due_at")?.is_some() {
            Some(fires::read(row)?)
        } else {
            None
        },
        user: User { user_id: row.get("user_id")?, name: row.get("user_name")?, email: None, is_admin: None },
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        version: row.get("version")?,
    })
}
