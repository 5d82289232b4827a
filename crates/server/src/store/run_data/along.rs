//! The history of a metric along the values of another.

use models::comparison::{ComparedHistoriesRequest, ComparedHistory};

use super::{
    blocks,
    budget::{Budget, too_much},
    moving_average::{MovingAverage, Place, place_of, push_next},
    reduce,
    series::Series,
};
use crate::store::{Connection, Sql, StoreError};

/// How many values with places are held at once: about a hundred megabytes.
const MOST: usize = 2_000_000;

/// A value with its place.
#[derive(Debug, Clone, Copy)]
struct Value {
    place: f64,
    /// Missing where it is not finite.
    finite: Option<Finite>,
    step: i64,
    at: i64,
}

#[derive(Debug, Clone, Copy)]
struct Finite {
    value: f64,
    smoothed: f64,
}

/// The history of `series` in buckets of the values that the metric numbered `along` has at the same steps. Where that
/// metric has several values at a step, the one that was logged last counts.
pub(super) async fn history(
    connection: &mut Connection,
    budget: &mut Budget,
    series: Series,
    along: i64,
    key: &str,
    request: &ComparedHistoriesRequest,
) -> Result<ComparedHistory, StoreError> {
    let mut compared = reduce::compared(reduce::empty(key));
    let mut average = MovingAverage::new(request.smoothing);
    let is_of_interest = |place: f64| request.places.is_none_or(|(from, to)| (from..=to).contains(&place));
    let mut values = Vec::new();
    let mut last = None;
    loop {
        let (sql, at_once) = statement(series, along, request.steps, last);
        let rows = connection.fetch_all(sql).await?;
        budget.take(rows.len())?;
        for row in &rows {
            compared.history.n_values += 1;
            let value = row.get::<Option<f64>>("value")?.filter(|value| value.is_finite());
            let finite = value.map(|value| Finite { value, smoothed: average.add(value) });
            compared.history.n_not_finite += u64::from(finite.is_none());
            match row.get::<Option<f64>>("place")?.filter(|place| place.is_finite()) {
                None => compared.n_without_place += u64::from(finite.is_some()),
                Some(place) if is_of_interest(place) => {
                    if values.len() == MOST {
                        return Err(too_much());
                    }
                    let (step, at) = (row.get("step")?, row.get("recorded_at")?);
                    values.push(Value { place, finite, step, at });
                }
                Some(_) => {}
            }
        }
        match rows.last() {
            Some(end) if rows.len() as u64 == at_once => last = Some(place_of(end)?),
            _ => break,
        }
    }
    // Stable, so that what was logged later at the same place stays behind.
    values.sort_by(|a, b| a.place.total_cmp(&b.place));
    put_in_buckets(&mut compared, &values, request);
    Ok(compared)
}

fn statement(series: Series, along: i64, steps: Option<(i64, i64)>, last: Option<Place>) -> (Sql, u64) {
    let mut sql = Sql::new("SELECT step, recorded_at, value_key, value, ");
    sql.push(
        "(SELECT x.value FROM metric_points x WHERE x.run_number = metric_points.run_number AND x.key_id = ",
    );
    sql.bind(along)
        .push(" AND x.step = metric_points.step ORDER BY x.recorded_at DESC, x.value_key DESC LIMIT 1) ");
    sql.append(series.select("AS place", steps));
    let at_once = push_next(&mut sql, last);
    (sql, at_once)
}

fn put_in_buckets(compared: &mut ComparedHistory, values: &[Value], request: &ComparedHistoriesRequest) {
    let (Some(first), Some(last)) = (values.first(), values.last()) else { return };
    let few = values.len() as u64 <= u64::from(request.points);
    let n_buckets = f64::from(request.points);
    let bucket = |value: &Value| {
        // Halves, because the difference of two large places need not be finite.
        let part = (value.place / 2.0 - first.place / 2.0) / (last.place / 2.0 - first.place / 2.0);
        // All places may be the same.
        if part.is_finite() { (part * n_buckets).floor().min(n_buckets - 1.0) } else { 0.0 }
    };
    let history = &mut compared.history;
    let mut gap = false;
    for chunk in values.chunk_by(|a, b| !few && bucket(a) == bucket(b)) {
        let finite = || chunk.iter().filter_map(|value| Some((value, value.finite?)));
        let Some((end, last)) = finite().next_back() else {
            gap = true;
            continue;
        };
        reduce::note_gap(history, &mut gap);
        let values = || finite().map(|(_, finite)| finite.value);
        let (low, high) =
            (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
        let (last_step, last_at) = (end.step, end.at);
        reduce::push(history, blocks::Finite { low, high, last: last.value, last_step, last_at });
        compared.places.push(end.place);
        if request.smoothing > 0 {
            compared.smoothed.push(last.smoothed);
        }
    }
}
