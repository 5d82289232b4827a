//! Points, put into buckets of a few steps each as they are read.

use models::metric::MetricHistory;

use super::{blocks::Finite, moving_average::Place, reduce, series::Series};
use crate::store::{
    Sql, StoreError,
    scan::{Gather, Kind, Scan, ScanRow},
};

/// Reads the points of a series that [`Buckets`] take, in no order.
pub(super) fn points(series: Series, steps: Option<(i64, i64)>) -> Scan {
    let columns = [
        (Kind::Integer, Sql::new("step")),
        (Kind::Integer, Sql::new("recorded_at")),
        (Kind::Integer, Sql::new("value_key")),
        (Kind::Real, Sql::new("value")),
    ];
    Scan::new(columns, series.select("", steps))
}

/// Buckets of as many steps each, from the first step on.
#[derive(Debug)]
pub(super) struct Buckets {
    first: i64,
    width: i64,
    buckets: Vec<Bucket>,
}

#[derive(Debug, Clone, Default)]
struct Bucket {
    n_values: u64,
    n_finite: u64,
    finite: Option<(Place, Finite)>,
}

impl Buckets {
    /// `n` empty buckets of `width` steps each, 1 or more.
    pub(super) fn new(first: i64, width: i64, n: u32) -> Self {
        Self { first, width: width.max(1), buckets: vec![Bucket::default(); n.try_into().unwrap_or(0)] }
    }

    /// Adds an entry for each bucket that has a finite value.
    pub(super) fn put_into(self, history: &mut MetricHistory) {
        let mut gap = false;
        for bucket in self.buckets {
            history.n_values += bucket.n_values;
            history.n_not_finite += bucket.n_values - bucket.n_finite;
            match bucket.finite {
                Some((_, finite)) => {
                    reduce::note_gap(history, &mut gap);
                    reduce::push(history, finite);
                }
                None => gap |= bucket.n_values > 0,
            }
        }
    }
}

impl Gather for Buckets {
    fn add(&mut self, row: ScanRow<'_>) -> Result<(), StoreError> {
        let (Some(step), Some(at), Some(key)) = (row.integer(0)?, row.integer(1)?, row.integer(2)?) else {
            return Ok(());
        };
        // What was logged since the ends were asked for is in none of them.
        let place = step.checked_sub(self.first).map(|steps| steps.div_euclid(self.width));
        let place = place.and_then(|place| usize::try_from(place).ok());
        let Some(bucket) = place.and_then(|place| self.buckets.get_mut(place)) else { return Ok(()) };
        bucket.n_values += 1;
        if let Some(value) = row.real(3)?.filter(|value| value.is_finite()) {
            bucket.n_finite += 1;
            bucket.take((step, at, key), value);
        }
        Ok(())
    }
}

impl Bucket {
    fn take(&mut self, place: Place, value: f64) {
        let (step, at, _) = place;
        let only = Finite { low: value, high: value, last: value, last_step: step, last_at: at };
        let (last_place, known) = self.finite.get_or_insert((place, only));
        (known.low, known.high) = (known.low.min(value), known.high.max(value));
        if place >= *last_place {
            *last_place = place;
            (known.last, known.last_step, known.last_at) = (value, step, at);
        }
    }
}
