//! What several runs were made of and what came out, side by side.

use std::collections::{BTreeMap, HashMap};

use models::{
    comparison::{
        ComparedHistories, ComparedHistoriesRequest, ComparedHistory, Comparison, MetricRow, TextRow,
    },
    id::{ProjectId, RunId},
    run::KeyValue,
};

use super::{
    along,
    budget::Budget,
    history::{number_of, once},
    logged::{self, Inputs, Logged},
    moving_average,
    read::input,
    reduce,
    series::Series,
};
use crate::store::{Connection, RunRecord, Sql, Store, StoreError, runs};

/// The least and the greatest finite value of a metric of a run.
type Extremes = (Option<f64>, Option<f64>);

impl Store {
    /// What is known of the runs of a project that have these ids, in their order. Runs that the project does not have are
    /// named, not refused.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when they have logged too much to be put side by side.
    pub async fn compare_runs(&self, project: ProjectId, ids: &[RunId]) -> Result<Comparison, StoreError> {
        let mut connection = self.read().await?;
        let records = runs::with_ids(&mut connection, project, ids).await?;
        let numbers: Vec<i64> = records.iter().map(|run| run.number).collect();
        let missing = ids.iter().copied().filter(|id| records.iter().all(|run| run.id != *id)).collect();
        check_size(&mut connection, &numbers).await?;
        let mut logged = logged::of_runs(&mut connection, &numbers, Inputs::Brief).await?;
        let extremes = extremes(&mut connection, &numbers).await?;
        let logged: Vec<Logged> =
            numbers.iter().map(|number| logged.remove(number).unwrap_or_default()).collect();
        Ok(Comparison {
            runs: runs::nested(&mut connection, records).await?,
            missing,
            parameters: text_rows(&logged, |run| &run.parameters),
            tags: text_rows(&logged, |run| &run.tags),
            metrics: metric_rows(&numbers, &logged, &extremes),
            inputs: logged.into_iter().map(|run| run.datasets.into_iter().map(input).collect()).collect(),
        })
    }

    /// Histories of metrics of the runs of a project, thinned out, in the order in which the runs are named. Runs that the
    /// project does not have are left out.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when more values are to be read than one answer may cost.
    pub async fn compared_histories(
        &self,
        project: ProjectId,
        request: &ComparedHistoriesRequest,
    ) -> Result<Vec<ComparedHistories>, StoreError> {
        let mut connection = self.read().await?;
        let along = match &request.along {
            Some(key) => Some(number_of(&mut connection, project, key).await?),
            None => None,
        };
        let mut keys = Vec::with_capacity(request.keys.len());
        for key in once(&request.keys) {
            keys.push((key.as_str(), number_of(&mut connection, project, key).await?));
        }
        let records = runs::with_ids(&mut connection, project, &request.run_ids).await?;
        let series = |run: &RunRecord| {
            let run = run.number;
            keys.iter()
                .map(move |(key, number)| (number.map(|key| Series { run, key }), *key))
                .collect::<Vec<_>>()
        };
        let asked: Vec<Asked<'_>> = records.iter().flat_map(series).collect();
        let mut compared = match along {
            Some(along) => compared_along(&mut connection, &asked, along, request).await?,
            None => {
                drop(connection);
                self.compared_by_step(&asked, request).await?
            }
        }
        .into_iter();
        let of_run = |run: RunRecord| ComparedHistories {
            run_id: run.id,
            histories: compared.by_ref().take(keys.len()).collect(),
        };
        Ok(records.into_iter().map(of_run).collect())
    }

    async fn compared_by_step(
        &self,
        asked: &[Asked<'_>],
        request: &ComparedHistoriesRequest,
    ) -> Result<Vec<ComparedHistory>, StoreError> {
        let histories = reduce::histories(self, asked, request.points, request.steps).await?;
        let mut compared: Vec<_> = histories.into_iter().map(reduce::compared).collect();
        if request.smoothing > 0 {
            let mut connection = self.read().await?;
            let mut budget = Budget::default();
            for ((series, _), compared) in asked.iter().zip(&mut compared) {
                let Some(series) = *series else { continue };
                let history = &compared.history;
                compared.smoothed = moving_average::smoothed(
                    &mut connection,
                    &mut budget,
                    series,
                    history,
                    request.smoothing,
                )
                .await?;
            }
        }
        Ok(compared)
    }
}

/// A history that is asked for, `None` where no run has logged the metric, and the metric's name.
type Asked<'k> = (Option<Series>, &'k str);

/// The histories along the metric with the number `along`, `None` when nobody has logged that.
async fn compared_along(
    connection: &mut Connection,
    asked: &[Asked<'_>],
    along: Option<i64>,
    request: &ComparedHistoriesRequest,
) -> Result<Vec<ComparedHistory>, StoreError> {
    let mut budget = Budget::default();
    let mut compared = Vec::with_capacity(asked.len());
    for (series, key) in asked {
        compared.push(match series.zip(along) {
            Some((series, along)) => {
                along::history(connection, &mut budget, series, along, key, request).await?
            }
            None => reduce::compared(reduce::empty(key)),
        });
    }
    Ok(compared)
}

/// Refuses to put side by side what would be too large: each name of any run makes a cell for each run.
async fn check_size(connection: &mut Connection, runs: &[i64]) -> Result<(), StoreError> {
    if runs.is_empty() {
        return Ok(());
    }
    let (mut n_values, mut n_characters) = (0, 0);
    for select in [
        "SELECT 3 * COUNT(DISTINCT key_id) AS n_values, CAST(0 AS BIGINT) AS n_characters FROM run_metrics",
        "SELECT COUNT(DISTINCT key_id) AS n_values, CAST(COALESCE(SUM(LENGTH(value)), 0) AS BIGINT) AS n_characters \
         FROM run_parameters",
        "SELECT COUNT(DISTINCT key_id) AS n_values, CAST(COALESCE(SUM(LENGTH(value)), 0) AS BIGINT) AS n_characters \
         FROM run_tags",
        "SELECT CAST(0 AS BIGINT) AS n_values, CAST(COALESCE(SUM(LENGTH(name) + LENGTH(source) + LENGTH(tags)), 0) \
         AS BIGINT) AS n_characters FROM run_inputs",
    ] {
        let mut sql = Sql::new(select);
        sql.push(" WHERE run_number IN (").push_list(runs.iter().copied()).push(")");
        let row = connection.fetch_one(sql).await?;
        n_values += row.get::<u64>("n_values")?;
        n_characters += row.get::<u64>("n_characters")?;
    }
    let n_runs = runs.len() as u64;
    let message = if n_runs > 1 && n_values * n_runs > Comparison::MAX_CELLS {
        let most = (Comparison::MAX_CELLS / n_values).max(1);
        format!("these runs have too many different names to be put side by side; compare at most {most}")
    } else if n_characters > Comparison::MAX_CHARACTERS {
        "these runs have logged too long texts to be put side by side; compare fewer".to_owned()
    } else {
        return Ok(());
    };
    Err(StoreError::Invalid { field: "runIds", message })
}

fn text_rows(runs: &[Logged], of: impl Fn(&Logged) -> &[KeyValue]) -> Vec<TextRow> {
    let mut rows: BTreeMap<&str, Vec<Option<String>>> = BTreeMap::new();
    for (place, run) in runs.iter().enumerate() {
        for KeyValue { key, value } in of(run) {
            let row = rows.entry(key).or_insert_with(|| vec![None; runs.len()]);
            if let Some(cell) = row.get_mut(place) {
                *cell = Some(value.clone());
            }
        }
    }
    rows.into_iter().map(|(key, values)| TextRow { key: key.to_owned(), values }).collect()
}

fn metric_rows(
    numbers: &[i64],
    runs: &[Logged],
    extremes: &HashMap<(i64, String), Extremes>,
) -> Vec<MetricRow> {
    let mut rows: BTreeMap<&str, MetricRow> = BTreeMap::new();
    for (place, (number, run)) in numbers.iter().zip(runs).enumerate() {
        for metric in &run.metrics {
            let row = rows.entry(&metric.key).or_insert_with(|| MetricRow {
                key: metric.key.clone(),
                last: vec![None; runs.len()],
                low: vec![None; runs.len()],
                high: vec![None; runs.len()],
            });
            let (low, high) = extremes.get(&(*number, metric.key.clone())).copied().unwrap_or_default();
            let cells = (row.last.get_mut(place), row.low.get_mut(place), row.high.get_mut(place));
            if let (Some(last), Some(least), Some(greatest)) = cells {
                (*last, *least, *greatest) = (Some(metric.value), low, high);
            }
        }
    }
    rows.into_values().collect()
}

/// The extremes of each metric of the runs: from the sums of blocks where those were made, and from the points behind them.
async fn extremes(
    connection: &mut Connection,
    runs: &[i64],
) -> Result<HashMap<(i64, String), Extremes>, StoreError> {
    let mut extremes: HashMap<(i64, String), Extremes> = HashMap::new();
    if runs.is_empty() {
        return Ok(extremes);
    }
    let mut blocks = Sql::new(
        "SELECT b.run_number, k.key, MIN(b.low) AS low, MAX(b.high) AS high FROM metric_blocks b \
         JOIN run_keys k ON k.key_id = b.key_id WHERE b.run_number IN (",
    );
    blocks.push_list(runs.iter().copied()).push(") GROUP BY b.run_number, k.key");
    // -36028797018963968 is the block of the first step that there can be.
    let mut points = Sql::new(
        "SELECT m.run_number, k.key, MIN(p.value) AS low, MAX(p.value) AS high FROM run_metrics m \
         JOIN run_keys k ON k.key_id = m.key_id \
         JOIN metric_points p ON p.run_number = m.run_number AND p.key_id = m.key_id \
         AND p.step >= COALESCE(m.blocks_until, -36028797018963968) * 256 \
         WHERE ABS(p.value) <= 1.7976931348623157e308 AND m.run_number IN (",
    );
    points.push_list(runs.iter().copied()).push(") GROUP BY m.run_number, k.key");
    for sql in [blocks, points] {
        for row in connection.fetch_all(sql).await? {
            let (low, high): Extremes = (row.get("low")?, row.get("high")?);
            let known = extremes.entry((row.get("run_number")?, row.get("key")?)).or_default();
            known.0 = known.0.into_iter().chain(low).reduce(f64::min);
            known.1 = known.1.into_iter().chain(high).reduce(f64::max);
        }
    }
    Ok(extremes)
}
