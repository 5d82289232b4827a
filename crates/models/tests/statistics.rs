//! Statistics against numbers that were computed by hand.
#![allow(clippy::unwrap_used, reason = "the whole crate is a test")]

use models::statistics::{
    Factor, box_summary, importance, mean, quantile, ranks, spearman, standard_deviation,
};

#[track_caller]
fn near(value: Option<f64>, expected: f64) {
    let value = value.unwrap();
    assert!((value - expected).abs() < 1e-12, "{value} is not {expected}");
}

#[test]
fn means_and_deviations() {
    // (2 + 4 + 4 + 4 + 5 + 5 + 7 + 9) / 8 = 5; the squares of the differences add up to 32; 32 / 7.
    let values = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0];
    near(mean(&values), 5.0);
    near(standard_deviation(&values), (32.0_f64 / 7.0).sqrt());
    assert_eq!((mean(&[]), standard_deviation(&[1.0])), (None, None));
    near(mean(&[f64::MAX, f64::MAX]), f64::MAX);
}

#[test]
fn quantiles_lie_on_straight_lines_between_values() {
    let values = [1.0, 2.0, 4.0, 8.0];
    near(quantile(&values, 0.0), 1.0);
    // The place 0.25 × 3 = 0.75 lies three quarters of the way from 1 to 2.
    near(quantile(&values, 0.25), 1.75);
    near(quantile(&values, 0.5), 3.0);
    near(quantile(&values, 0.75), 5.0);
    near(quantile(&values, 1.0), 8.0);
    assert_eq!(quantile(&[], 0.5), None);
}

#[test]
fn a_box_ends_at_the_last_values_that_are_no_outliers() {
    // Quartiles 2.25, 3.5 and 4.75; the whiskers reach from 2.25 - 3.75 to 4.75 + 3.75.
    let summary = box_summary(&[100.0, 5.0, 1.0, 2.0, 3.0, 4.0]).unwrap();
    assert_eq!((summary.n, summary.low, summary.high), (6, 1.0, 5.0));
    assert_eq!((summary.first_quartile, summary.median, summary.third_quartile), (2.25, 3.5, 4.75));
    assert_eq!(summary.outliers, [100.0]);
    near(Some(summary.mean), 115.0 / 6.0);
    let alone = box_summary(&[7.0]).unwrap();
    assert_eq!((alone.n, alone.low, alone.median, alone.high), (1, 7.0, 7.0, 7.0));
    assert_eq!(box_summary(&[]), None);
}

#[test]
fn equal_values_share_their_rank() {
    assert_eq!(ranks(&[10.0, 30.0, 10.0, 20.0]), [1.5, 4.0, 1.5, 3.0]);
}

#[test]
fn rank_correlation() {
    near(spearman(&[(1.0, 10.0), (2.0, 100.0), (3.0, 1000.0)]), 1.0);
    near(spearman(&[(1.0, 3.0), (2.0, 2.0), (3.0, 1.0)]), -1.0);
    // Ranks 1 2 3 4 and 2 1 4 3: the squares of the differences add up to 4; 1 - 6 × 4 / (4 × 15).
    near(spearman(&[(1.0, 20.0), (2.0, 10.0), (3.0, 40.0), (4.0, 30.0)]), 0.6);
    assert_eq!(spearman(&[(1.0, 1.0), (1.0, 2.0)]), None);
    assert_eq!(spearman(&[]), None);
}

#[test]
fn a_number_counts_by_its_adjusted_rank_correlation() {
    let rate = [1.0, 2.0, 3.0, 4.0, 9.0].map(Some);
    let loss = [Some(20.0), Some(10.0), Some(40.0), Some(30.0), None];
    let found = importance(Factor::Numbers(&rate), &loss).unwrap();
    // 0.6² = 0.36; 1 - 0.64 × 3 / 2 = 0.04.
    assert_eq!(found.n, 4);
    near(Some(found.share), 0.04);
    near(found.correlation, 0.6);
}

#[test]
fn a_name_counts_by_how_far_its_ranks_lie_from_those_of_others() {
    let names = ["a", "a", "b", "b"].map(|name| Some(name.to_owned()));
    let loss = [1.0, 2.0, 3.0, 4.0].map(Some);
    let found = importance(Factor::Names(&names), &loss).unwrap();
    // Between: 2 × 1² + 2 × 1² = 4 of 5; 1 - 0.2 × 3 / 2 = 0.7.
    assert_eq!((found.n, found.correlation), (4, None));
    near(Some(found.share), 0.7);
}

#[test]
fn chance_is_no_knowledge() {
    // A name of its own for each run accounts for everything, and tells nothing.
    let names = ["a", "b", "c"].map(|name| Some(name.to_owned()));
    let loss = [1.0, 2.0, 3.0].map(Some);
    assert_eq!(importance(Factor::Names(&names), &loss), None);
    let rate = [1.0, 2.0].map(Some);
    assert_eq!(importance(Factor::Numbers(&rate), &loss[..2]), None, "two runs always lie on a line");
    let same = [1.0; 3].map(Some);
    assert_eq!(importance(Factor::Numbers(&same), &loss), None);
    assert_eq!(importance(Factor::Numbers(&rate), &[None, Some(f64::NAN)]), None);
    // Ranks that go back and forth: the adjusted share would fall below nothing.
    let found = importance(Factor::Numbers(&[1.0, 2.0, 3.0, 4.0].map(Some)), &[1.0, 4.0, 3.0, 2.0].map(Some));
    assert_eq!(found.unwrap().share, 0.0);
}
