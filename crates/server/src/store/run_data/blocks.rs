//! Long histories, summed up for each block of steps.

use std::collections::HashMap;

use super::series::Series;
use crate::store::{Connection, Row, Sql, Store, StoreError, Value};

/// A block has 2 to the power of this many steps.
const SHIFT: u32 = 8;
/// How many steps a block has.
pub(super) const STEPS: i64 = 1 << SHIFT;
/// How many points are summed up in one transaction.
const AT_ONCE: u64 = 65_536;

/// What the points of a block amount to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Block {
    /// Its steps divided by 256, rounded down.
    pub(super) number: i64,
    pub(super) n_values: u64,
    pub(super) n_finite: u64,
    pub(super) finite: Option<Finite>,
}

/// What the finite values of a block amount to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Finite {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) last: f64,
    pub(super) last_step: i64,
    pub(super) last_at: i64,
}

/// The block of a step.
pub(super) fn block_of(step: i64) -> i64 {
    step >> SHIFT
}

/// The first step of a block.
pub(super) fn first_step(block: i64) -> i64 {
    block << SHIFT
}

/// The last step of a block.
pub(super) fn last_step(block: i64) -> i64 {
    (block << SHIFT) | (STEPS - 1)
}

impl Store {
    /// Sums up the blocks of a history to which nothing is logged any more.
    pub(super) async fn build_blocks(&self, series: Series) -> Result<(), StoreError> {
        while self.write(move |connection| Box::pin(build(connection, series))).await? {}
        Ok(())
    }
}

/// Sums up some blocks; gives whether there are more.
async fn build(connection: &mut Connection, series: Series) -> Result<bool, StoreError> {
    if connection.is_postgres() {
        // So that nobody logs to a block while it is summed up.
        let sql = Sql::new("SELECT run_number FROM runs WHERE run_number = $1 FOR NO KEY UPDATE");
        connection.fetch_one(sql.with(series.run)).await?;
    }
    let Some(state) = state(connection, series).await? else { return Ok(false) };
    let start = match state.until {
        Some(until) => until,
        None => block_of(series.ends(connection, None).await?.0),
    };
    if start >= state.open {
        return Ok(false);
    }
    let end = match series.step_after(connection, first_step(start), AT_ONCE).await? {
        Some(step) => block_of(step).clamp(start + 1, state.open),
        None => state.open,
    };
    let blocks = summed_up(connection, series, first_step(start), last_step(end - 1)).await?;
    insert(connection, series, &blocks).await?;
    set_until(connection, series, Some(end)).await?;
    Ok(end < state.open)
}

/// How far a history is summed up.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    /// The block to which points are still logged.
    pub(super) open: i64,
    /// The blocks before this one are summed up.
    pub(super) until: Option<i64>,
}

/// How far a history is summed up; `None` when there is none.
pub(super) async fn state(connection: &mut Connection, series: Series) -> Result<Option<State>, StoreError> {
    let sql = Sql::new("SELECT step, blocks_until FROM run_metrics WHERE run_number = $1 AND key_id = $2");
    let Some(row) = connection.fetch_optional(sql.with(series.run).with(series.key)).await? else {
        return Ok(None);
    };
    Ok(Some(State { open: block_of(row.get("step")?), until: row.get("blocks_until")? }))
}

async fn set_until(
    connection: &mut Connection,
    series: Series,
    until: Option<i64>,
) -> Result<(), StoreError> {
    let sql = Sql::new("UPDATE run_metrics SET blocks_until = $1 WHERE run_number = $2 AND key_id = $3");
    connection.execute(sql.with(until).with(series.run).with(series.key)).await.map(drop)
}

async fn insert(connection: &mut Connection, series: Series, blocks: &[Block]) -> Result<(), StoreError> {
    for chunk in blocks.chunks(1000) {
        let mut sql = Sql::new(
            "INSERT INTO metric_blocks (run_number, key_id, block, n_values, n_finite, low, high, last_value, last_step, \
             last_at) VALUES ",
        );
        sql.push_rows(chunk.iter().map(|block| {
            let finite = block.finite;
            let real = |value: fn(Finite) -> f64| Value::Real(finite.map(value));
            let integer = |value: fn(Finite) -> i64| Value::Integer(finite.map(value));
            [
                series.run.into(),
                series.key.into(),
                block.number.into(),
                Value::from(i64::try_from(block.n_values).unwrap_or(i64::MAX)),
                i64::try_from(block.n_finite).unwrap_or(i64::MAX).into(),
                real(|finite| finite.low),
                real(|finite| finite.high),
                real(|finite| finite.last),
                integer(|finite| finite.last_step),
                integer(|finite| finite.last_at),
            ]
        }));
        connection.execute(sql).await?;
    }
    Ok(())
}

/// Forgets the sums of the block of a step and of all later ones: something was logged there after they were made.
pub(super) async fn forget(connection: &mut Connection, series: Series, step: i64) -> Result<(), StoreError> {
    let sql = Sql::new("DELETE FROM metric_blocks WHERE run_number = $1 AND key_id = $2 AND block >= $3");
    connection.execute(sql.with(series.run).with(series.key).with(block_of(step))).await?;
    set_until(connection, series, Some(block_of(step))).await
}

/// The blocks from one to another, both included, as they were summed up.
pub(super) async fn kept(
    connection: &mut Connection,
    series: Series,
    first: i64,
    last: i64,
) -> Result<Vec<Block>, StoreError> {
    let mut sql = Sql::new("SELECT * FROM metric_blocks WHERE run_number = $1 AND key_id = $2");
    sql = sql.with(series.run).with(series.key);
    sql.push(" AND block >= ").bind(first).push(" AND block <= ").bind(last).push(" ORDER BY block");
    let read = |row: &Row| {
        let finite = match row.get::<Option<f64>>("low")? {
            None => None,
            Some(low) => Some(Finite {
                low,
                high: row.get("high")?,
                last: row.get("last_value")?,
                last_step: row.get("last_step")?,
                last_at: row.get("last_at")?,
            }),
        };
        Ok(Block {
            number: row.get("block")?,
            n_values: row.get("n_values")?,
            n_finite: row.get("n_finite")?,
            finite,
        })
    };
    connection.fetch_all(sql).await?.iter().map(read).collect()
}

/// The blocks of the steps from one to another, both included, summed up from their points.
pub(super) async fn summed_up(
    connection: &mut Connection,
    series: Series,
    first: i64,
    last: i64,
) -> Result<Vec<Block>, StoreError> {
    if first > last {
        return Ok(Vec::new());
    }
    let points = series.select(
        "SELECT step, CASE WHEN ABS(value) <= 1.7976931348623157e308 THEN value END AS finite",
        Some((first, last)),
    );
    let mut sql = Sql::default();
    sql.push("SELECT step >> 8 AS block, COUNT(*) AS n, COUNT(finite) AS n_finite, MIN(finite) AS low, ");
    sql.push("MAX(finite) AS high, MAX(CASE WHEN finite IS NOT NULL THEN step END) AS last_step FROM (");
    sql.append(points).push(") p GROUP BY step >> 8 ORDER BY block");
    let rows = connection.fetch_all(sql).await?;
    let mut steps = Vec::with_capacity(rows.len());
    for row in &rows {
        steps.extend(row.get::<Option<i64>>("last_step")?);
    }
    let ends = series.last_values(connection, &steps).await?;
    rows.iter().map(|row| summed_row(row, &ends)).collect()
}

fn summed_row(row: &Row, ends: &HashMap<i64, (i64, f64)>) -> Result<Block, StoreError> {
    let finite = match row.get::<Option<i64>>("last_step")? {
        None => None,
        Some(last_step) => {
            let (last_at, last) = ends.get(&last_step).copied().ok_or(StoreError::NotFound)?;
            Some(Finite { low: row.get("low")?, high: row.get("high")?, last, last_step, last_at })
        }
    };
    Ok(Block { number: row.get("block")?, n_values: row.get("n")?, n_finite: row.get("n_finite")?, finite })
}
