//! What metrics amount to over the runs of groups.

use models::{query::Field, run_table::Aggregate};
use std::ops::Range;

use super::{
    column::{Column, Metrics},
    groups::Groups,
    table::Table,
};

/// Where a sum overflows, that of the values divided by this power of two is taken, which is exact.
const SHRINK: f64 = 1.0 / (1_u64 << 60) as f64;

/// What a metric amounts to over each of the groups at these places.
pub(in crate::store) fn aggregates(
    table: &Table,
    groups: &Groups,
    shown: &Range<usize>,
    metric: &Field,
) -> Vec<Aggregate> {
    let mut sums: Vec<Sums> = shown.clone().map(|_| Sums::default()).collect();
    if let Some(Column::Metrics(column)) = table.column(metric) {
        each(column, groups, shown, &mut sums, Sums::add);
        sums.iter_mut().for_each(Sums::find_mean);
        // Only with the mean known, because the difference of two great sums that are nearly equal says nothing.
        each(column, groups, shown, &mut sums, Sums::add_deviation);
    }
    sums.into_iter().map(|sums| sums.into_aggregate(metric)).collect()
}

fn each(
    column: &Metrics,
    groups: &Groups,
    shown: &Range<usize>,
    sums: &mut [Sums],
    add: impl Fn(&mut Sums, f64),
) {
    for (run, value) in column.iter().enumerate() {
        let Some(value) = value else { continue };
        for place in groups.places.of(run) {
            let slot = usize::try_from(*place).ok().and_then(|place| place.checked_sub(shown.start));
            if let Some(sums) = slot.and_then(|slot| sums.get_mut(slot)) {
                add(sums, value);
            }
        }
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    count: u64,
    n_not_finite: u64,
    total: f64,
    shrunk_total: f64,
    min: Option<f64>,
    max: Option<f64>,
    mean: f64,
    /// A power of two of the greatest value's size: deviations are divided by it, so that no square overflows or
    /// vanishes, and nothing is rounded.
    scale: f64,
    squares: f64,
}

impl Sums {
    fn add(&mut self, value: f64) {
        if !value.is_finite() {
            self.n_not_finite += 1;
            return;
        }
        self.count += 1;
        self.total += value;
        self.shrunk_total += value * SHRINK;
        self.min = Some(self.min.map_or(value, |min| min.min(value)));
        self.max = Some(self.max.map_or(value, |max| max.max(value)));
    }

    fn find_mean(&mut self) {
        let is_sound = self.total.is_finite();
        self.mean =
            if is_sound { self.total / self.count() } else { self.shrunk_total / self.count() / SHRINK };
        let greatest = self.min.unwrap_or_default().abs().max(self.max.unwrap_or_default().abs());
        self.scale = if greatest > 0.0 { greatest.log2().floor().exp2() } else { 1.0 };
    }

    fn add_deviation(&mut self, value: f64) {
        if value.is_finite() {
            self.squares += (value / self.scale - self.mean / self.scale).powi(2);
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "there are fewer runs than a double can count")]
    fn count(&self) -> f64 {
        self.count as f64
    }

    fn into_aggregate(self, metric: &Field) -> Aggregate {
        let deviation = (self.squares / (self.count() - 1.0)).sqrt() * self.scale;
        Aggregate {
            field: metric.clone(),
            count: self.count,
            n_not_finite: self.n_not_finite,
            mean: (self.count > 0).then_some(self.mean),
            standard_deviation: (self.count > 1).then_some(deviation),
            min: self.min,
            max: self.max,
        }
    }
}
