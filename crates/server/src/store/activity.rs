//! How many runs of a project began, day by day.

use models::id::ProjectId;
use models::project::ActivityDay;
use models::run::{RunStatus, StatusCounts};
use models::time::UnixMillis;

use super::{Sql, Store, StoreError};

const DAY: i64 = 86_400_000;

impl Store {
    /// The last `n_days` days until the day of `now`, oldest first, without gaps.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn activity(
        &self,
        project_id: ProjectId,
        n_days: u32,
        now: UnixMillis,
    ) -> Result<Vec<ActivityDay>, StoreError> {
        let first = now.0 / DAY - i64::from(n_days) + 1;
        let sql = Sql::new(
            "SELECT start_time / 86400000 AS day, status, COUNT(*) AS n FROM runs WHERE project_id = $1 \
             AND lifecycle_stage = 'active' AND start_time >= $2 AND start_time < $3 GROUP BY 1, 2",
        );
        let sql = sql.with(project_id).with(first * DAY).with((now.0 / DAY + 1) * DAY);
        let mut days: Vec<ActivityDay> = (0..i64::from(n_days))
            .map(|n| ActivityDay { start: UnixMillis((first + n) * DAY), runs: StatusCounts::default() })
            .collect();
        for row in self.read().await?.fetch_all(sql).await? {
            let place = usize::try_from(row.get::<i64>("day")? - first).ok();
            let status = RunStatus::named(&row.get::<String>("status")?).unwrap_or(RunStatus::Unknown);
            if let Some(day) = place.and_then(|place| days.get_mut(place)) {
                day.runs.add(status, row.get("n")?);
            }
        }
        Ok(days)
    }
}
