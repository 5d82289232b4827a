//! Long histories of one run.

use models::{
    event::{Event, EventTopic},
    id::RunId,
    time::UnixMillis,
};

use super::bulk;
use crate::store::{Connection, Sql, Store, StoreError, run_keys, run_keys::Family, runs};

/// How many points one transaction takes.
const CHUNK: i64 = 200_000;

/// Points of one metric, one a step and a second.
#[derive(Debug, Clone)]
pub struct FillHistory {
    /// The run.
    pub run: RunId,
    /// The metric.
    pub metric: String,
    /// How many points.
    pub n_points: i64,
    /// When the first was logged.
    pub first: UnixMillis,
    /// Tells the values of metrics apart.
    pub salt: i64,
}

impl Store {
    /// Logs a long history of a metric that the run has not logged before.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn fill_history(&self, fill: FillHistory) -> Result<(), StoreError> {
        let mut begin = 0;
        while begin < fill.n_points {
            let end = (begin + CHUNK).min(fill.n_points);
            let part = fill.clone();
            self.write(move |connection| Box::pin(async move { points(connection, part, begin, end).await }))
                .await?;
            begin = end;
        }
        Ok(())
    }
}

async fn points(
    connection: &mut Connection,
    fill: FillHistory,
    begin: i64,
    end: i64,
) -> Result<(), StoreError> {
    bulk::prepare(connection).await?;
    let run = runs::identified(connection, fill.run).await?;
    let keys = run_keys::numbers(connection, run.project_id, Family::Metric, &[&fill.metric]).await?;
    let key = keys.get(&fill.metric).copied().ok_or(StoreError::NotFound)?;
    let mut sql = Sql::default();
    sql.push("INSERT INTO metric_points (run_number, key_id, step, recorded_at, value, value_key)");
    sql.append(bulk::numbers(begin, end)).push("SELECT ").bind(run.number).push(", CAST(").bind(key);
    sql.push(" AS BIGINT), n, ")
        .bind(fill.first.0)
        .push(" + n * 1000, ")
        .append(value(fill.salt))
        .push(", n FROM numbers");
    connection.execute(sql).await?;
    if end == fill.n_points {
        let mut sql = Sql::default();
        sql.push("INSERT INTO run_metrics (run_number, key_id, value, step, recorded_at) SELECT run_number, key_id, ");
        sql.push("value, step, recorded_at FROM metric_points WHERE run_number = ").bind(run.number);
        sql.push(" AND key_id = ").bind(key).push(" AND step = ").bind(end - 1);
        connection.execute(sql).await?;
        run_keys::count(connection, vec![key], 1).await?;
        connection.publish(Event {
            project_id: run.project_id,
            topic: EventTopic::RunData,
            run_id: Some(run.id),
        });
    }
    Ok(())
}

/// A value that falls with the step `n`, with noise.
fn value(salt: i64) -> Sql {
    let mut sql = Sql::default();
    sql.push("1.0 / (1.0 + CAST(n AS DOUBLE PRECISION) / 1000) + CAST((n * 48271 + ").bind(salt);
    sql.push(" * 7919 + 1) * 16807 % 2147483647 AS DOUBLE PRECISION) / 21474836470");
    sql
}
