//! What came of the times of schedules.

use models::id::{ProjectId, RunId, ScheduleId};
use models::page::{Page, PageQuery};
use models::run::RunStatus;
use models::schedule::{FireOutcome, FiredRun, Schedule, ScheduleFire};
use models::time::UnixMillis;

use super::news::publish;
use crate::store::{Connection, Row, Sql, Store, StoreError};

const COLUMNS: &str = "SELECT f.due_at, f.fired_at, f.outcome, f.is_manual, f.message, r.run_id, r.name AS run_name, r.status \
     FROM schedule_fires f JOIN schedules s ON s.schedule_id = f.schedule_id \
     LEFT JOIN runs r ON r.run_id = f.run_id AND r.project_id = s.project_id \
     WHERE s.project_id = $1 AND f.schedule_id = $2";

impl Store {
    /// What came of the times of a schedule, the last one first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has no such schedule.
    pub async fn schedule_fires(
        &self,
        project: ProjectId,
        id: ScheduleId,
        page: PageQuery,
    ) -> Result<Page<ScheduleFire>, StoreError> {
        let mut connection = self.read().await?;
        let sql = Sql::new(
            "SELECT (SELECT COUNT(*) FROM schedule_fires f WHERE f.schedule_id = s.schedule_id) AS n \
             FROM schedules s WHERE s.project_id = $1 AND s.schedule_id = $2",
        );
        let total_records = connection.fetch_one(sql.with(project).with(id)).await?.get("n")?;
        let mut sql = Sql::new(COLUMNS).with(project).with(id);
        sql.push(" ORDER BY f.due_at DESC LIMIT ").push_number(page.pagelength);
        sql.push(" OFFSET ").push_number(page.startindex);
        let rows = connection.fetch_all(sql).await?;
        Ok(Page { total_records, items: rows.iter().map(read).collect::<Result<_, _>>()? })
    }

    /// Says what came of a time that was begun before.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn finish_fire(
        &self,
        project: ProjectId,
        (id, due_at): (ScheduleId, UnixMillis),
        outcome: FireOutcome,
        message: String,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let sql = Sql::new(
                    "UPDATE schedule_fires SET outcome = $1, message = $2 WHERE schedule_id = $3 AND due_at = $4",
                );
                connection.execute(sql.with(outcome.as_str()).with(message).with(id).with(due_at)).await?;
                publish(connection, project);
                Ok(())
            })
        })
        .await
    }
}

/// One time, with the run that was made if there is one.
pub(super) async fn one(
    connection: &mut Connection,
    project: ProjectId,
    id: ScheduleId,
    due_at: UnixMillis,
) -> Result<ScheduleFire, StoreError> {
    let mut sql = Sql::new(COLUMNS).with(project).with(id);
    sql.push(" AND f.due_at = ").bind(due_at);
    read(&connection.fetch_one(sql).await?)
}

/// A time of a row that has the columns of both tables.
pub(super) fn read(row: &Row) -> Result<ScheduleFire, StoreError> {
    let run = match row.get::<Option<RunId>>("run_id")? {
        Some(run_id) => {
            let status: String = row.get("status")?;
            let status = RunStatus::named(&status)
                .ok_or_else(|| StoreError::Corrupt(format!("{status} is no state of a run")))?;
            Some(FiredRun { run_id, name: row.get("run_name")?, status })
        }
        None => None,
    };
    Ok(ScheduleFire {
        due_at: row.get("due_at")?,
        fired_at: row.get("fired_at")?,
        outcome: row.get::<String>("outcome")?.into(),
        is_manual: row.get("is_manual")?,
        run,
        message: row.get("message")?,
    })
}

/// A time that is noted.
pub(super) struct NewFire {
    pub(super) schedule: ScheduleId,
    pub(super) due_at: UnixMillis,
    pub(super) now: UnixMillis,
    pub(super) outcome: FireOutcome,
    pub(super) is_manual: bool,
    pub(super) message: Option<String>,
}

/// Notes a time, and forgets those that are long past. Whether it was not there already: what was done for it is not done
/// again, even where the clock was put back.
pub(super) async fn note(connection: &mut Connection, fire: NewFire) -> Result<bool, StoreError> {
    const DAY: i64 = 24 * 3_600_000;
    let sql = Sql::new("DELETE FROM schedule_fires WHERE schedule_id = $1 AND due_at < $2");
    connection.execute(sql.with(fire.schedule).with(fire.now.0 - Schedule::MEMORY_DAYS * DAY)).await?;
    let sql = Sql::new(
        "INSERT INTO schedule_fires (schedule_id, due_at, fired_at, outcome, is_manual, message) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (schedule_id, due_at) DO NOTHING",
    )
    .with(fire.schedule)
    .with(fire.due_at)
    .with(fire.now)
    .with(fire.outcome.as_str())
    .with(fire.is_manual)
    .with(fire.message);
    Ok(connection.execute(sql).await? > 0)
}

/// Says which run was made for a time.
pub(super) async fn note_run(
    connection: &mut Connection,
    schedule: ScheduleId,
    due_at: UnixMillis,
    run: RunId,
) -> Result<(), StoreError> {
    let sql = Sql::new("UPDATE schedule_fires SET run_id = $1 WHERE schedule_id = $2 AND due_at = $3");
    connection.execute(sql.with(run).with(schedule).with(due_at)).await.map(drop)
}
