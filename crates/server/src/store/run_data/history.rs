//! Histories of metrics: all points by the page, or thinned out for a chart.

use models::{
    id::{ProjectId, RunId},
    metric::{HistoryRequest, Metric, MetricHistory, MetricValue},
};
use std::collections::HashSet;

use super::{reduce, series::Series};
use crate::store::{Connection, Sql, Store, StoreError, run_keys, run_keys::Family};

/// Points of one metric, by step and time.
#[derive(Debug, Clone, PartialEq)]
pub struct PointPage {
    /// The points.
    pub points: Vec<Metric>,
    /// Where the next page begins: the last point's place; missing on the last page.
    pub next: Option<(i64, i64, i64)>,
}

impl Store {
    /// The points of one metric of a run after `after`, at most `limit`, by step and time.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn metric_points(
        &self,
        project: ProjectId,
        run: i64,
        key: &str,
        limit: u64,
        after: Option<(i64, i64, i64)>,
    ) -> Result<PointPage, StoreError> {
        let mut connection = self.read().await?;
        let Some(number) = number_of(&mut connection, project, key).await? else {
            return Ok(PointPage { points: Vec::new(), next: None });
        };
        let mut sql = Sql::new("SELECT * FROM metric_points WHERE run_number = $1 AND key_id = $2")
            .with(run)
            .with(number);
        if let Some((step, time, value)) = after {
            sql.push(" AND (step, recorded_at, value_key) > (").push_list([step, time, value]).push(")");
        }
        sql.push(" ORDER BY step, recorded_at, value_key LIMIT ").push_number(limit + 1);
        let mut rows = connection.fetch_all(sql).await?;
        let n_points = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > n_points;
        rows.truncate(n_points);
        let next = match rows.last().filter(|_| more) {
            Some(last) => Some((last.get("step")?, last.get("recorded_at")?, last.get("value_key")?)),
            None => None,
        };
        let mut points = Vec::with_capacity(rows.len());
        for row in &rows {
            let value = MetricValue(row.get::<Option<f64>>("value")?.unwrap_or(f64::NAN));
            points.push(Metric {
                key: key.to_owned(),
                value,
                step: row.get("step")?,
                timestamp: row.get("recorded_at")?,
            });
        }
        Ok(PointPage { points, next })
    }

    /// The histories that are asked for, thinned out; one for each key, in that order, each once.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has no such run.
    pub async fn metric_histories(
        &self,
        project: ProjectId,
        run: RunId,
        request: &HistoryRequest,
    ) -> Result<Vec<MetricHistory>, StoreError> {
        let run = self.run_record(project, run).await?.number;
        let mut connection = self.read().await?;
        let mut asked = Vec::with_capacity(request.keys.len());
        for key in once(&request.keys) {
            let number = number_of(&mut connection, project, key).await?;
            asked.push((number.map(|key| Series { run, key }), key.as_str()));
        }
        drop(connection);
        reduce::histories(self, &asked, request.points, request.steps).await
    }
}

/// Each of these names where it comes first: a repeated one would only cost the same work again.
pub(super) fn once(keys: &[String]) -> impl Iterator<Item = &String> {
    let mut seen = HashSet::new();
    keys.iter().filter(move |key| seen.insert(*key))
}

/// The number of a metric's name in a project; none when no run ever logged it.
pub(super) async fn number_of(
    connection: &mut Connection,
    project: ProjectId,
    key: &str,
) -> Result<Option<i64>, StoreError> {
    Ok(run_keys::in_projects(connection, &[project], Family::Metric, key).await?.first().copied())
}
