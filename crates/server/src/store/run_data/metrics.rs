//! Points of metrics, and the latest of each metric.

use models::metric::Metric;
use std::collections::HashMap;

use super::{blocks, series::Series};
use crate::store::{Connection, Sql, StoreError, Value, run_keys, run_keys::Family, runs::RunRecord};

/// Logs points. A point that was logged before is passed over.
pub(super) async fn log(
    connection: &mut Connection,
    run: &RunRecord,
    points: &[Metric],
) -> Result<(), StoreError> {
    if points.is_empty() {
        return Ok(());
    }
    let mut keys: Vec<&str> = points.iter().map(|point| point.key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    let numbers = run_keys::numbers(connection, run.project_id, Family::Metric, &keys).await?;
    let mut numbered = Vec::with_capacity(points.len());
    for point in points {
        numbered.push((numbers.get(&point.key).copied().ok_or(StoreError::NotFound)?, point));
    }
    let latest = latest(&numbered);
    let had = known(connection, run.number, latest.keys().copied()).await?;
    forget_sums(connection, run.number, &had, &numbered).await?;
    insert_points(connection, run.number, &numbered).await?;
    insert_latest(connection, run.number, latest, &had).await
}

/// How many rows one statement takes: SQLite knows at most 32,766 values in a statement.
const CHUNK: usize = 4000;

async fn insert_points(
    connection: &mut Connection,
    run: i64,
    points: &[(i64, &Metric)],
) -> Result<(), StoreError> {
    for chunk in points.chunks(CHUNK) {
        let mut sql = Sql::new(
            "INSERT INTO metric_points (run_number, key_id, step, recorded_at, value_key, value) VALUES ",
        );
        sql.push_rows(chunk.iter().map(|(key, point)| {
            let value = Value::Real(stored(point.value.0));
            [
                run.into(),
                (*key).into(),
                point.step.into(),
                point.timestamp.into(),
                value_key(point.value.0).into(),
                value,
            ]
        }));
        sql.push(" ON CONFLICT DO NOTHING");
        connection.execute(sql).await?;
    }
    Ok(())
}

/// The value as the database keeps it: NaN as a missing one.
fn stored(value: f64) -> Option<f64> {
    (!value.is_nan()).then_some(value)
}

/// The bits of a value, so that points can be told apart; all NaN are one.
fn value_key(value: f64) -> i64 {
    let value = if value.is_nan() { f64::NAN } else { value };
    i64::from_ne_bytes(value.to_bits().to_ne_bytes())
}

/// MLflow's rule: the greatest step counts, then the latest time, then the greatest value, NaN being taken for zero.
fn latest<'p>(points: &[(i64, &'p Metric)]) -> HashMap<i64, &'p Metric> {
    let rank = |point: &Metric| (point.step, point.timestamp, stored(point.value.0).unwrap_or(0.0));
    let mut latest = HashMap::<i64, &Metric>::new();
    for (key, point) in points {
        let best = latest.entry(*key).or_insert(point);
        if rank(point) > rank(best) {
            *best = point;
        }
    }
    latest
}

async fn insert_latest(
    connection: &mut Connection,
    run: i64,
    latest: HashMap<i64, &Metric>,
    had: &HashMap<i64, Option<i64>>,
) -> Result<(), StoreError> {
    let mut sql = Sql::new("INSERT INTO run_metrics (run_number, key_id, value, step, recorded_at) VALUES ");
    sql.push_rows(latest.iter().map(|(key, point)| {
        let value = Value::Real(stored(point.value.0));
        [run.into(), (*key).into(), value, point.step.into(), point.timestamp.into()]
    }));
    sql.push(
        " ON CONFLICT (run_number, key_id) DO UPDATE SET value = excluded.value, step = excluded.step, \
         recorded_at = excluded.recorded_at WHERE (excluded.step, excluded.recorded_at, COALESCE(excluded.value, 0)) > \
         (run_metrics.step, run_metrics.recorded_at, COALESCE(run_metrics.value, 0))",
    );
    connection.execute(sql).await?;
    run_keys::count(connection, latest.into_keys().filter(|key| !had.contains_key(key)).collect(), 1).await
}

/// Which of these metrics the run has, and which of its blocks are not summed up yet.
async fn known(
    connection: &mut Connection,
    run: i64,
    keys: impl Iterator<Item = i64>,
) -> Result<HashMap<i64, Option<i64>>, StoreError> {
    let mut sql =
        Sql::new("SELECT key_id, blocks_until FROM run_metrics WHERE run_number = $1 AND key_id IN (");
    sql = sql.with(run);
    sql.push_list(keys).push(")");
    let rows = connection.fetch_all(sql).await?;
    rows.iter().map(|row| Ok((row.get("key_id")?, row.get("blocks_until")?))).collect()
}

/// What is logged to a block that was summed up makes its sums wrong.
async fn forget_sums(
    connection: &mut Connection,
    run: i64,
    had: &HashMap<i64, Option<i64>>,
    points: &[(i64, &Metric)],
) -> Result<(), StoreError> {
    for (key, until) in had {
        let earliest = points.iter().filter(|(own, _)| own == key).map(|(_, point)| point.step).min();
        if let (Some(until), Some(step)) = (until, earliest)
            && blocks::block_of(step) < *until
        {
            blocks::forget(connection, Series { run, key: *key }, step).await?;
        }
    }
    Ok(())
}
