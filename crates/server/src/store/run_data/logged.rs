//! What many runs have logged, read at once.

use models::{
    metric::{Metric, MetricValue},
    run::KeyValue,
};
use std::collections::HashMap;

use super::inputs::{DatasetUse, ModelUse, ModelUses, read_dataset};
use crate::store::{Connection, Row, Sql, Store, StoreError};

/// What a run has logged.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Logged {
    /// The latest point of each metric, by key.
    pub metrics: Vec<Metric>,
    /// Its parameters, by key.
    pub parameters: Vec<KeyValue>,
    /// Its tags, by key.
    pub tags: Vec<KeyValue>,
    /// The data sets it read.
    pub datasets: Vec<DatasetUse>,
    /// The models it read and made.
    pub models: ModelUses,
}

impl Store {
    /// What the runs with these numbers have logged.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn logged(&self, runs: &[i64]) -> Result<HashMap<i64, Logged>, StoreError> {
        of_runs(&mut self.read().await?, runs, Inputs::Whole).await
    }

    /// How many of the runs with these numbers, from the first on, have logged no more than `most` characters together.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn n_runs_within(&self, runs: &[i64], most: u64) -> Result<usize, StoreError> {
        if runs.is_empty() {
            return Ok(0);
        }
        let mut sql = Sql::new("SELECT run_number, CAST(SUM(n) AS BIGINT) AS n_characters FROM (");
        sql.push("SELECT run_number, LENGTH(value) AS n FROM run_parameters WHERE run_number IN (");
        sql.push_list(runs.iter().copied())
            .push(") UNION ALL SELECT run_number, LENGTH(value) FROM run_tags ");
        sql.push("WHERE run_number IN (")
            .push_list(runs.iter().copied())
            .push(") UNION ALL SELECT run_number, ");
        sql.push("LENGTH(source) + LENGTH(dataset_schema) + LENGTH(dataset_profile) + LENGTH(tags) ");
        sql.push("FROM run_inputs WHERE run_number IN (").push_list(runs.iter().copied());
        sql.push(")) logged GROUP BY run_number");
        let rows = self.read().await?.fetch_all(sql).await?;
        let sizes: HashMap<i64, u64> = rows
            .iter()
            .map(|row| Ok((row.get("run_number")?, row.get("n_characters")?)))
            .collect::<Result<_, StoreError>>()?;
        let fits = |total: &mut u64, run: &i64| {
            *total = total.saturating_add(sizes.get(run).copied().unwrap_or(0));
            (*total <= most).then_some(())
        };
        Ok(runs.iter().scan(0, fits).count())
    }
}

/// How much of a data set is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inputs {
    /// All that the client wrote of it.
    Whole,
    /// Without its schema and its profile, which may be megabytes.
    Brief,
}

impl Inputs {
    fn select(self) -> &'static str {
        match self {
            Self::Whole => {
                "SELECT run_number, name, digest, source_type, source, dataset_schema, dataset_profile, tags \
                 FROM run_inputs WHERE run_number IN ("
            }
            Self::Brief => {
                "SELECT run_number, name, digest, source_type, source, '' AS dataset_schema, '' AS dataset_profile, tags \
                 FROM run_inputs WHERE run_number IN ("
            }
        }
    }
}

const METRICS: &str = "SELECT d.run_number, d.value, d.step, d.recorded_at, k.key FROM run_metrics d";
const PARAMETERS: &str = "SELECT d.run_number, d.value, k.key FROM run_parameters d";
const TAGS: &str = "SELECT d.run_number, d.value, k.key FROM run_tags d";
const MODELS: &str = "SELECT run_number, role, model_id, step FROM run_models WHERE run_number IN (";

/// What the runs with these numbers have logged; each of them has an entry.
pub(super) async fn of_runs(
    connection: &mut Connection,
    runs: &[i64],
    inputs: Inputs,
) -> Result<HashMap<i64, Logged>, StoreError> {
    let mut logged: HashMap<i64, Logged> = runs.iter().map(|run| (*run, Logged::default())).collect();
    if runs.is_empty() {
        return Ok(logged);
    }
    let mut of = |row: &Row, add: &dyn Fn(&mut Logged, &Row) -> Result<(), StoreError>| {
        add(logged.entry(row.get("run_number")?).or_default(), row)
    };
    for row in with_keys(connection, METRICS, runs).await? {
        of(&row, &|run, row| {
            run.metrics.push(metric(row)?);
            Ok(())
        })?;
    }
    for row in with_keys(connection, PARAMETERS, runs).await? {
        of(&row, &|run, row| {
            run.parameters.push(key_value(row)?);
            Ok(())
        })?;
    }
    for row in with_keys(connection, TAGS, runs).await? {
        of(&row, &|run, row| {
            run.tags.push(key_value(row)?);
            Ok(())
        })?;
    }
    for row in of_runs_in(connection, inputs.select(), runs).await? {
        of(&row, &|run, row| {
            run.datasets.push(read_dataset(row)?);
            Ok(())
        })?;
    }
    for row in of_runs_in(connection, MODELS, runs).await? {
        of(&row, &|run, row| {
            let model = ModelUse { model: row.get("model_id")?, step: row.get("step")? };
            let output = row.get::<String>("role")? == "output";
            if output {
                run.models.outputs.push(model)
            } else {
                run.models.inputs.push(model)
            }
            Ok(())
        })?;
    }
    Ok(logged)
}

async fn with_keys(
    connection: &mut Connection,
    select: &'static str,
    runs: &[i64],
) -> Result<Vec<Row>, StoreError> {
    let mut sql = Sql::new(select);
    sql.push(" JOIN run_keys k ON k.key_id = d.key_id WHERE d.run_number IN (");
    sql.push_list(runs.iter().copied()).push(")");
    let mut rows = connection.fetch_all(sql).await?;
    // Sorted here, because the collation of a database need not be that of the bytes.
    rows.sort_by_cached_key(|row| row.get::<String>("key").unwrap_or_default());
    Ok(rows)
}

async fn of_runs_in(
    connection: &mut Connection,
    select: &'static str,
    runs: &[i64],
) -> Result<Vec<Row>, StoreError> {
    let mut sql = Sql::new(select);
    sql.push_list(runs.iter().copied()).push(")");
    connection.fetch_all(sql).await
}

fn metric(row: &Row) -> Result<Metric, StoreError> {
    Ok(Metric {
        key: row.get("key")?,
        value: MetricValue(row.get::<Option<f64>>("value")?.unwrap_or(f64::NAN)),
        step: row.get("step")?,
        timestamp: row.get("recorded_at")?,
    })
}

fn key_value(row: &Row) -> Result<KeyValue, StoreError> {
    Ok(KeyValue { key: row.get("key")?, value: row.get("value")? })
}
