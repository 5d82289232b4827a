//! Past times that are told later: those of a demonstration.

use models::id::{ProjectId, ScheduleId};
use models::schedule::ScheduleFire;

use super::fires::{self, NewFire};
use super::news::publish;
use crate::store::{Sql, Store, StoreError};

/// How long before its first time a schedule was made, in milliseconds.
const BEFORE: i64 = 3_600_000;

impl Store {
    /// Notes what came of past times of a schedule, as if it had been there. Of their runs the ids count.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn tell_fires(
        &self,
        project: ProjectId,
        schedule: ScheduleId,
        fires: Vec<ScheduleFire>,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                if let Some(first) = fires.iter().map(|fire| fire.due_at.0).min() {
                    let sql = Sql::new(
                        "UPDATE schedules SET created_at = $1, updated_at = $1 WHERE schedule_id = $2 AND created_at > $1",
                    );
                    connection.execute(sql.with(first - BEFORE).with(schedule)).await?;
                }
                for fire in fires {
                    let ScheduleFire { due_at, fired_at, outcome, is_manual, run, message } = fire;
                    let new = NewFire { schedule, due_at, now: fired_at, outcome, is_manual, message };
                    fires::note(connection, new).await?;
                    if let Some(run) = run {
                        fires::note_run(connection, schedule, due_at, run.run_id).await?;
                    }
                }
                publish(connection, project);
                Ok(())
            })
        })
        .await
    }
}
