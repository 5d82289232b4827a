//! Ranks, and how two quantities go together by them.

use super::mean;

/// The rank of each value, from 1 for the least; equal values share the mean of their ranks.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "fewer than 2^53 values")]
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|one, other| values[*one].total_cmp(&values[*other]));
    let mut ranks = vec![0.0; values.len()];
    let mut first = 0;
    for tied in order.chunk_by(|one, other| values[*one] == values[*other]) {
        // The mean of first + 1 to first + n.
        let rank = first as f64 + (tied.len() + 1) as f64 / 2.0;
        for place in tied {
            ranks[*place] = rank;
        }
        first += tied.len();
    }
    ranks
}

/// Spearman's correlation of pairs of finite values, from −1 to 1; `None` where one of the two does not vary.
#[must_use]
pub fn spearman(pairs: &[(f64, f64)]) -> Option<f64> {
    let (one, other): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    pearson(&ranks(&one), &ranks(&other))
}

/// The linear correlation of two lists of the same length.
fn pearson(one: &[f64], other: &[f64]) -> Option<f64> {
    let (middle, other_middle) = (mean(one)?, mean(other)?);
    let (mut together, mut square, mut other_square) = (0.0, 0.0, 0.0);
    for (a, b) in one.iter().zip(other) {
        let (a, b) = (a - middle, b - other_middle);
        together += a * b;
        square += a * a;
        other_square += b * b;
    }
    let correlation = together / (square * other_square).sqrt();
    correlation.is_finite().then(|| correlation.clamp(-1.0, 1.0))
}
