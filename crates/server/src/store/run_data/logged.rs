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
        of_runs(&mut self.read().await?, runs).await
    }
}

/// What the runs with these numbers have logged; each of them has an entry.
pub(super) async fn of_runs(
    connection: &mut Connection,
    runs: &[i64],
) -> Result<HashMap<i64, Logged>, StoreError> {
    let mut logged: HashMap<i64, Logged> = runs.iter().map(|run| (*run, Logged::default())).collect();
    if runs.is_empty() {
        return Ok(logged);
    }
    let mut of = |row: &Row, add: &dyn Fn(&mut Logged, &Row) -> Result<(), StoreError>| {
        add(logged.entry(row.get("run_number")?).or_default(), row)
    };
    for row in with_keys(connection, "SELECT d.*, k.key FROM run_metrics d", runs).await? {
        of(&row, &|run, row| {
            run.metrics.push(metric(row)?);
            Ok(())
        })?;
    }
    for row in with_keys(connection, "SELECT d.*, k.key FROM run_parameters d", runs).await? {
        of(&row, &|run, row| {
            run.parameters.push(key_value(row)?);
            Ok(())
        })?;
    }
    for row in with_keys(connection, "SELECT d.*, k.key FROM run_tags d", runs).await? {
        of(&row, &|run, row| {
            run.tags.push(key_value(row)?);
            Ok(())
        })?;
    }
    for row in of_runs_in(connection, "SELECT * FROM run_inputs WHERE run_number IN (", runs).await? {
        of(&row, &|run, row| {
            run.datasets.push(read_dataset(row)?);
            Ok(())
        })?;
    }
    for row in of_runs_in(connection, "SELECT * FROM run_models WHERE run_number IN (", runs).await? {
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
