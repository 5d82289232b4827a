//! What the runs of a measurement look like: as varied as those of a year's work.

use models::metric::{Metric, MetricValue};
use models::run::{KeyValue, RunStatus};
use models::time::UnixMillis;

use crate::store::Batch;

/// How many metrics each run logs.
const N_METRICS: u32 = 10;
/// How many parameters each run logs.
const N_PARAMETERS: u32 = 5;
/// How many points of each metric every hundredth run logs; the others log one.
const N_POINTS: i64 = 20;

/// How many code commits there are.
pub(super) const N_COMMITS: u32 = 3;
/// How many data versions there are.
pub(super) const N_VERSIONS: u32 = 4;
/// How many experiments there are.
pub(super) const N_EXPERIMENTS: u32 = 6;

/// The state that run number `n` ended in.
pub(super) fn status(n: u32) -> RunStatus {
    match n % 20 {
        0 => RunStatus::Failed,
        1 => RunStatus::Killed,
        _ => RunStatus::Finished,
    }
}

/// A number from 0 up to 1 that depends on `n` and `salt`, and looks random.
fn scattered(n: u32, salt: u32) -> f64 {
    let mixed = n.wrapping_mul(2_654_435_761).wrapping_add(salt.wrapping_mul(40_503)).rotate_left(13);
    f64::from(mixed.wrapping_mul(2_246_822_519)) / f64::from(u32::MAX)
}

/// What run number `n`, which began at `start`, logs.
pub(super) fn batch(n: u32, start: UnixMillis) -> Batch {
    let points = if n.is_multiple_of(100) { N_POINTS } else { 1 };
    let metrics = (0..N_METRICS).flat_map(|metric| {
        (0..points).map(move |step| Metric {
            key: format!("metric_{metric}"),
            value: MetricValue(scattered(n, metric) / (step + 1) as f64),
            step,
            timestamp: UnixMillis(start.0 + step * 1000),
        })
    });
    let parameters = (0..N_PARAMETERS).map(|parameter| KeyValue {
        key: format!("parameter_{parameter}"),
        value: (n / 10_u32.pow(parameter) % 10).to_string(),
    });
    Batch { metrics: metrics.collect(), parameters: parameters.collect(), tags: Vec::new() }
}
