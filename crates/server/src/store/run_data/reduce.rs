//! Thins out the history of a metric so that no extreme is lost.

use models::{comparison::ComparedHistory, metric::MetricHistory, time::UnixMillis};

use super::{
    band::outwards,
    blocks::{self, Block, Finite, STEPS, block_of, first_step, last_step},
    buckets::{self, Buckets},
    series::Series,
};
use crate::store::{Connection, Row, Store, StoreError};

/// Over how many steps points may be read for one answer, of all its histories together; beyond that, blocks will do.
const MOST_READ: u64 = 10_000_000;
/// So many blocks that are not summed up yet are worth the work.
const WORTH_BUILDING: i64 = 64;

/// A history without values.
pub(super) fn empty(key: &str) -> MetricHistory {
    MetricHistory {
        key: key.to_owned(),
        n_values: 0,
        n_not_finite: 0,
        steps: Vec::new(),
        timestamps: Vec::new(),
        low: Vec::new(),
        high: Vec::new(),
        last: Vec::new(),
        gaps: Vec::new(),
    }
}

/// A history along its own steps, to be compared.
pub(super) fn compared(history: MetricHistory) -> ComparedHistory {
    ComparedHistory { history, places: Vec::new(), n_without_place: 0, smoothed: Vec::new() }
}

/// The histories of these metrics, each in at most as many buckets as points are asked for; one without values where no run
/// has logged the metric. No connection may be held: points are read over others.
pub(super) async fn histories(
    store: &Store,
    asked: &[(Option<Series>, &str)],
    points: u32,
    steps: Option<(i64, i64)>,
) -> Result<Vec<MetricHistory>, StoreError> {
    let mut connection = store.read().await?;
    let mut looks = Looks { store, points, steps, n_left: MOST_READ };
    let mut histories = Vec::with_capacity(asked.len());
    let (mut places, mut scans) = (Vec::new(), Vec::new());
    for (place, (series, key)) in asked.iter().enumerate() {
        let Some(series) = series else {
            histories.push(empty(key));
            continue;
        };
        histories.push(match looks.at(&mut connection, *series, key).await? {
            Look::Known(history) => history,
            Look::ByStep(buckets) => {
                places.push(place);
                scans.push((buckets::points(*series, steps), buckets));
                empty(key)
            }
        });
    }
    drop(connection);
    for (place, buckets) in places.into_iter().zip(store.scanner().run(scans).await?) {
        if let Some(history) = histories.get_mut(place) {
            buckets.put_into(history);
        }
    }
    Ok(histories)
}

/// How a history is found out.
enum Look {
    /// It is known by now.
    Known(MetricHistory),
    /// Each of its points is to be read.
    ByStep(Buckets),
}

/// What all histories of an answer have in common.
struct Looks<'s> {
    store: &'s Store,
    points: u32,
    steps: Option<(i64, i64)>,
    /// Over how many steps points may still be read.
    n_left: u64,
}

impl Looks<'_> {
    async fn at(
        &mut self,
        connection: &mut Connection,
        series: Series,
        key: &str,
    ) -> Result<Look, StoreError> {
        let mut first_values = series.select("SELECT step, recorded_at, value", self.steps);
        let limit = u64::from(self.points) + 1;
        first_values.push(" ORDER BY step, recorded_at, value_key LIMIT ").push_number(limit);
        let raw = connection.fetch_all(first_values).await?;
        if raw.len() <= usize::try_from(self.points).unwrap_or(usize::MAX) {
            return each_value(key, &raw).map(Look::Known);
        }
        let (first, last) = series.ends(connection, self.steps).await?;
        let width = bucket_width(first, last, self.points);
        let span = last.abs_diff(first).saturating_add(1);
        if width <= STEPS
            && let Some(n_left) = self.n_left.checked_sub(span)
        {
            self.n_left = n_left;
            return Ok(Look::ByStep(Buckets::new(first, width, self.points)));
        }
        // One bucket fewer, because they begin where blocks do.
        let width = bucket_width(first, last, self.points - 1);
        let n_blocks = width / STEPS + i64::from(width % STEPS > 0);
        let blocks = blocks_between(self.store, connection, series, first, last).await?;
        Ok(Look::Known(in_buckets(key, &blocks, block_of(first), n_blocks)))
    }
}

fn each_value(key: &str, rows: &[Row]) -> Result<MetricHistory, StoreError> {
    let mut history = empty(key);
    let mut gap = false;
    for row in rows {
        history.n_values += 1;
        match row.get::<Option<f64>>("value")?.filter(|value| value.is_finite()) {
            None => {
                history.n_not_finite += 1;
                gap = true;
            }
            Some(value) => {
                note_gap(&mut history, &mut gap);
                let (last_step, last_at) = (row.get("step")?, row.get("recorded_at")?);
                push(&mut history, Finite { low: value, high: value, last: value, last_step, last_at });
            }
        }
    }
    Ok(history)
}

/// Notes that no line leads to the entry that comes next, if there is a `gap` before it.
pub(super) fn note_gap(history: &mut MetricHistory, gap: &mut bool) {
    if std::mem::take(gap) {
        // There are at most 5000 entries.
        history.gaps.extend(u32::try_from(history.steps.len()));
    }
}

/// Adds an entry.
pub(super) fn push(history: &mut MetricHistory, values: Finite) {
    let (low, high) = outwards(values.low, values.high);
    history.steps.push(values.last_step);
    history.timestamps.push(UnixMillis(values.last_at));
    history.low.push(low);
    history.high.push(high);
    history.last.push(values.last);
}

/// How many steps a bucket has, so that `points` buckets reach from the first step to the last.
fn bucket_width(first: i64, last: i64, points: u32) -> i64 {
    let span = i128::from(last) - i128::from(first) + 1;
    let width = (span + i128::from(points) - 1) / i128::from(points.max(1));
    i64::try_from(width).unwrap_or(i64::MAX).max(1)
}

/// The blocks between two steps, both included: as they were summed up where that was done, else from their points.
async fn blocks_between(
    store: &Store,
    connection: &mut Connection,
    series: Series,
    first: i64,
    last: i64,
) -> Result<Vec<Block>, StoreError> {
    let state = blocks::state(connection, series).await?;
    let begin = block_of(first);
    let until = state.and_then(|state| state.until).unwrap_or(begin).clamp(begin, block_of(last));
    // The block in which the steps begin may be wanted in part only.
    let whole = begin + i64::from(first > first_step(begin));
    if until <= whole {
        build_if_worth(store, series, state, begin);
        return blocks::summed_up(connection, series, first, last).await;
    }
    let mut all = if whole > begin {
        blocks::summed_up(connection, series, first, last_step(begin)).await?
    } else {
        Vec::new()
    };
    all.extend(blocks::kept(connection, series, whole, until - 1).await?);
    all.extend(blocks::summed_up(connection, series, first_step(until), last).await?);
    build_if_worth(store, series, state, until);
    Ok(all)
}

/// Sums up, beside the answer, what the next one will need.
fn build_if_worth(store: &Store, series: Series, state: Option<blocks::State>, begin: i64) {
    let Some(state) = state else { return };
    if state.open.saturating_sub(state.until.unwrap_or(begin)) < WORTH_BUILDING {
        return;
    }
    let store = store.clone();
    tokio::spawn(async move {
        if let Err(error) = store.build_blocks(series).await {
            tracing::warn!(%error, "cannot sum up a history");
        }
    });
}

/// Puts `n_blocks` blocks each into a bucket, from the first block on.
fn in_buckets(key: &str, blocks: &[Block], first: i64, n_blocks: i64) -> MetricHistory {
    let mut history = empty(key);
    let mut gap = false;
    let place = |block: &Block| block.number.saturating_sub(first) / n_blocks.max(1);
    for bucket in blocks.chunk_by(|one, next| place(one) == place(next)) {
        history.n_values += bucket.iter().map(|block| block.n_values).sum::<u64>();
        history.n_not_finite += bucket.iter().map(|block| block.n_values - block.n_finite).sum::<u64>();
        let together = |values: Finite, next: Finite| {
            let (low, high) = (values.low.min(next.low), values.high.max(next.high));
            Finite { low, high, ..next }
        };
        match bucket.iter().filter_map(|block| block.finite).reduce(together) {
            Some(values) => {
                note_gap(&mut history, &mut gap);
                push(&mut history, values);
            }
            None => gap = true,
        }
    }
    history
}
