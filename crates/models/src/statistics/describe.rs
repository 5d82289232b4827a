//! Means, quantiles and boxes.

/// The mean; `None` of nothing.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "fewer than 2^53 values")]
pub fn mean(values: &[f64]) -> Option<f64> {
    // Each part on its own, because the sum of large values need not be finite.
    let n = values.len() as f64;
    (!values.is_empty()).then(|| values.iter().map(|value| value / n).sum())
}

/// The standard deviation of the population that the values are a sample of (divided by n − 1); `None` of fewer than two.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "fewer than 2^53 values")]
pub fn standard_deviation(values: &[f64]) -> Option<f64> {
    let middle = mean(values).filter(|_| values.len() >= 2)?;
    let squares: f64 = values.iter().map(|value| (value - middle).powi(2)).sum();
    Some((squares / (values.len() - 1) as f64).sqrt())
}

/// The value below which `part` (0 to 1) of the ascending values lie, between two of them by a straight line, as NumPy and
/// R do by default; `None` of nothing.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "fewer than 2^53 values")]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place among the values")]
pub fn quantile(ascending: &[f64], part: f64) -> Option<f64> {
    let place = part.clamp(0.0, 1.0) * ascending.len().checked_sub(1)? as f64;
    let (below, above) = (*ascending.get(place.floor() as usize)?, *ascending.get(place.ceil() as usize)?);
    Some(below * (1.0 - place.fract()) + above * place.fract())
}

/// A box plot in numbers, after Tukey.
#[derive(Debug, Clone, PartialEq)]
pub struct BoxSummary {
    /// How many values there are.
    pub n: usize,
    /// The least value that is no outlier.
    pub low: f64,
    /// A quarter of the values are less.
    pub first_quartile: f64,
    /// Half of the values are less.
    pub median: f64,
    /// Three quarters of the values are less.
    pub third_quartile: f64,
    /// The greatest value that is no outlier.
    pub high: f64,
    /// Values further from the box than one and a half times its height, ascending.
    pub outliers: Vec<f64>,
    /// The mean of all values.
    pub mean: f64,
}

/// The box plot of finite values in any order; `None` of nothing.
#[must_use]
pub fn box_summary(values: &[f64]) -> Option<BoxSummary> {
    let mut ascending = values.to_vec();
    ascending.sort_by(f64::total_cmp);
    let quartile = |part| quantile(&ascending, part);
    let (first_quartile, median, third_quartile) = (quartile(0.25)?, quartile(0.5)?, quartile(0.75)?);
    let reach = 1.5 * (third_quartile - first_quartile);
    let inside = first_quartile - reach..=third_quartile + reach;
    let (within, outliers): (Vec<f64>, Vec<f64>) = ascending.iter().partition(|value| inside.contains(value));
    Some(BoxSummary {
        n: ascending.len(),
        low: within.first().copied().unwrap_or(first_quartile),
        first_quartile,
        median,
        third_quartile,
        high: within.last().copied().unwrap_or(third_quartile),
        outliers,
        mean: mean(values)?,
    })
}
