//! Moving averages of metrics, computed from every value.

use models::metric::MetricHistory;

use super::{budget::Budget, series::Series};
use crate::store::{Connection, Row, Sql, StoreError};

/// How many points one statement reads.
const AT_ONCE: u64 = 50_000;
/// A value weighs less than the last bit of a double after so many others, at the strongest smoothing (0.99).
const RUN_UP: u64 = 4096;

/// An exponential moving average that does not lean towards zero at its begin: the weighted mean of all values so far,
/// each weighing `factor` times as much as the one after it.
#[derive(Debug, Clone, Copy)]
pub(super) struct MovingAverage {
    factor: f64,
    sum: f64,
    weight: f64,
}

impl MovingAverage {
    /// An average of nothing yet; `hundredths` is 0 to 99.
    pub(super) fn new(hundredths: u8) -> Self {
        Self { factor: f64::from(hundredths) / 100.0, sum: 0.0, weight: 0.0 }
    }

    /// The average with one more finite value.
    pub(super) fn add(&mut self, value: f64) -> f64 {
        let fresh = 1.0 - self.factor;
        self.sum = self.factor * self.sum + fresh * value;
        self.weight = self.factor * self.weight + fresh;
        // Rounding must not make an infinity of the largest double.
        (self.sum / self.weight).clamp(f64::MIN, f64::MAX)
    }
}

/// Where a point is in the order of its series.
pub(super) type Place = (i64, i64, i64);

/// The place of a point, from a row that has its step, time and value.
pub(super) fn place_of(row: &Row) -> Result<Place, StoreError> {
    Ok((row.get("step")?, row.get("recorded_at")?, row.get("value_key")?))
}

/// Appends to a statement about points that only those after `place` are wanted, the next few of them in order.
pub(super) fn push_next(sql: &mut Sql, place: Option<Place>) -> u64 {
    if let Some((step, at, value)) = place {
        sql.push(" AND (step, recorded_at, value_key) > (").push_list([step, at, value]).push(")");
    }
    sql.push(" ORDER BY step, recorded_at, value_key LIMIT ").push_number(AT_ONCE);
    AT_ONCE
}

/// The moving average at the last value of each entry of a history.
pub(super) async fn smoothed(
    connection: &mut Connection,
    budget: &mut Budget,
    series: Series,
    history: &MetricHistory,
    smoothing: u8,
) -> Result<Vec<f64>, StoreError> {
    let (Some(first), Some(last)) = (history.steps.first(), history.steps.last()) else {
        return Ok(Vec::new());
    };
    let from = series.finite_step_before(connection, *first, RUN_UP).await?.unwrap_or(i64::MIN);
    let mut average = MovingAverage::new(smoothing);
    let mut smoothed = Vec::with_capacity(history.steps.len());
    let mut entries = history.steps.iter().zip(&history.timestamps).zip(&history.last).peekable();
    let mut place = None;
    loop {
        let mut sql = series.select("SELECT step, recorded_at, value_key, value", Some((from, *last)));
        let at_once = push_next(&mut sql, place);
        let rows = connection.fetch_all(sql).await?;
        budget.take(rows.len())?;
        for row in &rows {
            let Some(value) = row.get::<Option<f64>>("value")?.filter(|value| value.is_finite()) else {
                continue;
            };
            let now = average.add(value);
            let (step, at): (i64, i64) = (row.get("step")?, row.get("recorded_at")?);
            let is_here = |((own, time), last): &((&i64, &models::time::UnixMillis), &f64)| {
                **own == step && time.0 == at && last.to_bits() == value.to_bits()
            };
            if entries.next_if(is_here).is_some() {
                smoothed.push(now);
            }
        }
        match rows.last() {
            Some(end) if rows.len() as u64 == at_once => place = Some(place_of(end)?),
            _ => break,
        }
    }
    // What was logged between the two readings moved a value; a raw one is better than a shifted line.
    let found = smoothed.len();
    smoothed.extend(history.last.iter().skip(found));
    Ok(smoothed)
}

#[cfg(test)]
mod tests {
    use super::MovingAverage;
    use proptest::prelude::*;

    #[test]
    fn a_constant_stays_what_it_is() {
        let mut average = MovingAverage::new(90);
        for _ in 0..100 {
            assert!((average.add(3.0) - 3.0).abs() < 1e-12);
        }
    }

    #[test]
    fn without_smoothing_each_value_is_its_own_average() {
        let mut average = MovingAverage::new(0);
        assert_eq!([1.0, -5.0, 2.0].map(|value| average.add(value)), [1.0, -5.0, 2.0]);
    }

    #[test]
    fn the_first_values_weigh_less_with_each_that_follows() {
        let mut average = MovingAverage::new(50);
        assert_eq!(average.add(4.0), 4.0);
        assert!((average.add(1.0) - 2.0).abs() < 1e-12, "a third of the first, two thirds of the second");
    }

    proptest! {
        #[test]
        fn an_average_lies_between_the_least_and_the_greatest(
            values in prop::collection::vec(-1e9f64..1e9, 1..200), hundredths in 0u8..=99,
        ) {
            let mut average = MovingAverage::new(hundredths);
            let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
            for value in values {
                (low, high) = (low.min(value), high.max(value));
                let now = average.add(value);
                prop_assert!(now >= low - 1e-3 && now <= high + 1e-3, "{now} in {low}..{high}");
            }
        }
    }
}
