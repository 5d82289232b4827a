//! Runs by the thousand: what they have logged.

use models::id::ProjectId;

use super::{
    bulk,
    runs::{FillRuns, keys},
};
use crate::store::{Connection, Sql, StoreError, run_keys::Family};

const METRICS: [&str; 10] = [
    "metric_0", "metric_1", "metric_2", "metric_3", "metric_4", "metric_5", "metric_6", "metric_7",
    "metric_8", "metric_9",
];
const PARAMETERS: [&str; 5] = ["parameter_0", "parameter_1", "parameter_2", "parameter_3", "parameter_4"];
/// How many points of each metric every hundredth run logs; the others log one.
const N_POINTS: i64 = 20;

/// The numbers of the names that every run logs.
#[derive(Debug)]
pub(super) struct Keys {
    metrics: Vec<i64>,
    parameters: Vec<i64>,
    name: Vec<i64>,
}

impl Keys {
    pub(super) async fn new(connection: &mut Connection, project: ProjectId) -> Result<Self, StoreError> {
        Ok(Self {
            metrics: keys(connection, project, Family::Metric, &METRICS).await?,
            parameters: keys(connection, project, Family::Parameter, &PARAMETERS).await?,
            name: keys(connection, project, Family::Tag, &["mlflow.runName"]).await?,
        })
    }

    pub(super) fn all(&self) -> Vec<i64> {
        [&self.metrics, &self.parameters, &self.name].into_iter().flatten().copied().collect()
    }
}

/// Logs for the runs whose numbers inside begin with `first`.
pub(super) async fn fill(
    connection: &mut Connection,
    fill: &FillRuns,
    keys: &Keys,
    first: i64,
) -> Result<(), StoreError> {
    let numbers = || bulk::numbers(fill.numbers.start, fill.numbers.end);
    let offset = first - fill.numbers.start;
    let start = fill.first_start.0;

    let mut sql = Sql::new("INSERT INTO run_statuses (run_number, ordinal, status, at)");
    sql.append(numbers()).push("SELECT n + ").bind(offset).push(", o.ordinal, ");
    sql.push(
        "CASE WHEN o.ordinal = 0 THEN 'RUNNING' WHEN n % 20 = 0 THEN 'FAILED' WHEN n % 20 = 1 THEN 'KILLED' ",
    );
    sql.push("ELSE 'FINISHED' END, ")
        .bind(start)
        .push(" + (n + o.ordinal * (n % 50 + 1)) * 60000 FROM numbers ");
    sql.push("CROSS JOIN (SELECT 0 AS ordinal UNION ALL SELECT 1) o ORDER BY n, o.ordinal");
    connection.execute(sql).await?;

    let mut sql = Sql::new("INSERT INTO run_parameters (run_number, key_id, value)");
    sql.append(numbers()).push("SELECT n + ").bind(offset).push(", k.key_id, ");
    sql.push(
        "CAST(n / CASE k.salt WHEN 0 THEN 1 WHEN 1 THEN 10 WHEN 2 THEN 100 WHEN 3 THEN 1000 ELSE 10000 END ",
    );
    sql.push("% 10 AS TEXT) FROM numbers CROSS JOIN ");
    salted(&mut sql, &keys.parameters);
    sql.push(" ORDER BY n, k.key_id");
    connection.execute(sql).await?;

    let mut sql = Sql::new("INSERT INTO run_tags (run_number, key_id, value) ");
    sql.push("SELECT r.run_number, k.key_id, r.name FROM runs r CROSS JOIN ");
    salted(&mut sql, &keys.name);
    sql.push(" WHERE r.run_number >= ").bind(first).push(" ORDER BY r.run_number");
    connection.execute(sql).await?;

    for (table, columns) in [
        ("run_metrics", " (run_number, key_id, step, recorded_at, value)"),
        ("metric_points", " (run_number, key_id, step, recorded_at, value, value_key)"),
    ] {
        metrics(connection, fill, keys, offset, (table, columns)).await?;
    }
    Ok(())
}

async fn metrics(
    connection: &mut Connection,
    fill: &FillRuns,
    keys: &Keys,
    offset: i64,
    (table, columns): (&'static str, &'static str),
) -> Result<(), StoreError> {
    let is_latest = table == "run_metrics";
    let mut sql = Sql::new("INSERT INTO ");
    sql.push(table).push(columns).append(bulk::numbers(fill.numbers.start, fill.numbers.end));
    sql.push(
        ", steps(step) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT step + 1 FROM steps WHERE step + 1 < ",
    );
    sql.bind(N_POINTS)
        .push(") SELECT n + ")
        .bind(offset)
        .push(", k.key_id, s.step, ")
        .bind(fill.first_start.0);
    sql.push(" + n * 60000 + s.step * 1000, CAST((n * 48271 + k.salt * 7919 + 1) * 16807 % 2147483647 ");
    sql.push("AS DOUBLE PRECISION) / 2147483647 / (s.step + 1)");
    // Only tells points of one step and time apart, of which there are none here.
    sql.push(if is_latest { "" } else { ", n" }).push(" FROM numbers CROSS JOIN ");
    salted(&mut sql, &keys.metrics);
    sql.push(" CROSS JOIN steps s WHERE ");
    let last = u64::try_from(N_POINTS - 1).unwrap_or_default();
    if is_latest {
        sql.push("s.step = CASE n % 100 WHEN 0 THEN ").push_number(last).push(" ELSE 0 END");
    } else {
        sql.push("(s.step = 0 OR n % 100 = 0)");
    }
    sql.push(" ORDER BY n, k.key_id, s.step");
    connection.execute(sql).await.map(drop)
}

/// `k`: the numbers of names, and the place of each among them.
fn salted(sql: &mut Sql, keys: &[i64]) {
    for (salt, key) in (0..).zip(keys) {
        sql.push(if salt == 0 { "(SELECT CAST(" } else { " UNION ALL SELECT CAST(" }).bind(*key);
        sql.push(" AS BIGINT) AS key_id, CAST(").push_number(salt).push(" AS BIGINT) AS salt");
    }
    sql.push(") k");
}
