//! How far a run has come that is still running.

use serde::{Deserialize, Serialize};

use crate::time::UnixMillis;

/// How far a run has come, as it says itself: by the metric [`Progress::METRIC`], from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// Which part of its work is done, from 0 to 1.
    pub done: f64,
    /// When it ends if the rest takes as long as what is done; missing where nothing is.
    pub estimated_end: Option<UnixMillis>,
}

impl Progress {
    /// The metric that says how far a run has come.
    pub const METRIC: &str = "progress";

    /// What the latest value of the metric says, and when it was logged, of a run that began at `start`. A value that is
    /// no part of a whole says nothing.
    #[must_use]
    pub fn of(value: f64, logged_at: UnixMillis, start: Option<UnixMillis>) -> Option<Self> {
        (0.0..=1.0).contains(&value).then(|| Self {
            done: value,
            estimated_end: start.and_then(|start| end(value, logged_at, start)),
        })
    }
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "milliseconds until the year 9999 are exact in a double, and a greater one saturates"
)]
fn end(done: f64, logged_at: UnixMillis, start: UnixMillis) -> Option<UnixMillis> {
    let whole = logged_at.millis_since(start) as f64 / done;
    Some(UnixMillis(start.0.saturating_add(whole as i64))).filter(|end| done > 0.0 && end.is_in_range())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: f64, logged_at: i64, start: Option<i64>, expected: Option<(f64, Option<i64>)>) {
        let progress = Progress::of(value, UnixMillis(logged_at), start.map(UnixMillis));
        let expected = expected.map(|(done, end)| Progress { done, estimated_end: end.map(UnixMillis) });
        assert_eq!(progress, expected, "{value} at {logged_at}");
    }

    #[test]
    fn the_rest_is_taken_to_last_as_long_as_what_is_done() {
        check(0.25, 2_000, Some(1_000), Some((0.25, Some(5_000))));
        check(1.0, 2_000, Some(1_000), Some((1.0, Some(2_000))));
        check(0.5, 2_000, None, Some((0.5, None)));
    }

    #[test]
    fn nothing_is_foretold_where_nothing_is_done() {
        check(0.0, 2_000, Some(1_000), Some((0.0, None)));
        check(1e-300, 2_000, Some(1_000), Some((1e-300, None)));
    }

    #[test]
    fn a_clock_that_runs_behind_foretells_no_end_before_the_begin() {
        check(0.5, 500, Some(1_000), Some((0.5, Some(1_000))));
    }

    #[test]
    fn what_is_no_part_of_a_whole_says_nothing() {
        for value in [-0.1, 1.1, 64.0, f64::NAN, f64::INFINITY] {
            check(value, 2_000, Some(1_000), None);
        }
    }
}
