//! Schedules whose time has come.

use models::deployment::PredictionRequest;
use models::id::{DeploymentId, ProjectId, ScheduleId, UserId};
use models::run::AddRun;
use models::schedule::MissedTimes;
use models::time::UnixMillis;

use crate::store::{Connection, Row, Sql, Store, StoreError};

/// How many are taken at once.
const AT_ONCE: u64 = 100;

/// A schedule whose time has come.
#[derive(Debug, Clone)]
pub struct DueSchedule {
    /// Identifies the schedule.
    pub schedule_id: ScheduleId,
    /// The project it belongs to.
    pub project_id: ProjectId,
    /// In whose name it acts.
    pub user_id: UserId,
    /// What it is called.
    pub name: String,
    /// What is to be done.
    pub what: Scheduled,
    /// When, in five cron fields.
    pub cron: String,
    /// The time zone of `cron`.
    pub time_zone: String,
    /// What becomes of times that pass while no server runs.
    pub missed_times: MissedTimes,
    /// The time that has come.
    pub due_at: UnixMillis,
    /// The version that was read.
    pub version: i64,
}

/// What is done at the times of a schedule.
#[derive(Debug, Clone)]
pub enum Scheduled {
    /// A run is started.
    Run(Box<AddRun>),
    /// A deployed model is asked.
    Prediction(DeploymentId, PredictionRequest),
    /// It was written by another version, and cannot be read.
    Unreadable,
}

impl Store {
    /// The schedules whose time has come at `now`, the longest waiting first; a hundred at most.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn due_schedules(&self, now: UnixMillis) -> Result<Vec<DueSchedule>, StoreError> {
        let mut sql = Sql::new(
            "SELECT schedule_id, project_id, user_id, deployment_id, name, request, cron, time_zone, missed_times, \
             next_due_at, version FROM schedules WHERE next_due_at IS NOT NULL AND next_due_at <= $1 \
             ORDER BY next_due_at, schedule_id LIMIT ",
        )
        .with(now);
        sql.push_number(AT_ONCE);
        self.read().await?.fetch_all(sql).await?.iter().map(read).collect()
    }

    /// The next time that any schedule has; `None` where there is none.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn next_scheduled_time(&self) -> Result<Option<UnixMillis>, StoreError> {
        let sql = "SELECT MIN(next_due_at) AS next FROM schedules WHERE next_due_at IS NOT NULL";
        self.read().await?.fetch_one(sql).await?.get("next")
    }
}

/// What a schedule does.
pub(super) async fn what_of(
    connection: &mut Connection,
    project: ProjectId,
    id: ScheduleId,
) -> Result<(String, Scheduled), StoreError> {
    let sql = Sql::new(
        "SELECT name, deployment_id, request FROM schedules WHERE project_id = $1 AND schedule_id = $2",
    );
    let row = connection.fetch_one(sql.with(project).with(id)).await?;
    Ok((row.get("name")?, scheduled(&row)?))
}

fn scheduled(row: &Row) -> Result<Scheduled, StoreError> {
    let request: String = row.get("request")?;
    Ok(match row.get::<Option<_>>("deployment_id")? {
        Some(deployment) => serde_json::from_str(&request)
            .map_or(Scheduled::Unreadable, |request| Scheduled::Prediction(deployment, request)),
        None => serde_json::from_str(&request).map_or(Scheduled::Unreadable, Scheduled::Run),
    })
}

fn read(row: &Row) -> Result<DueSchedule, StoreError> {
    Ok(DueSchedule {
        schedule_id: row.get("schedule_id")?,
        project_id: row.get("project_id")?,
        user_id: row.get("user_id")?,
        name: row.get("name")?,
        what: scheduled(row)?,
        cron: row.get("cron")?,
        time_zone: row.get("time_zone")?,
        missed_times: row.get::<String>("missed_times")?.into(),
        due_at: row.get("next_due_at")?,
        version: row.get("version")?,
    })
}
