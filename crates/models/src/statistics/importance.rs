//! How much a parameter tells about a metric.

use std::collections::BTreeMap;

use super::rank::{ranks, spearman};

/// The values of a parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Factor<'a> {
    /// Numbers, one for each run.
    Numbers(&'a [Option<f64>]),
    /// Names, one for each run.
    Names(&'a [Option<String>]),
}

/// How much a parameter, taken alone, tells about a metric.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Importance {
    /// How many runs have both values.
    pub n: usize,
    /// The share, 0 to 1, of the differences between the ranks of the metric that the parameter accounts for, after taking
    /// off what chance alone accounts for on average.
    pub share: f64,
    /// Whether the metric rises (above 0) or falls with the parameter, by Spearman's correlation; `None` for names.
    pub correlation: Option<f64>,
}

/// How much `factor` tells about `metric`; `None` where either does not vary, or where there are too few runs to tell.
///
/// Numbers count by the square of Spearman's correlation, names by the ratio of the variance of ranks between and within
/// (as in Kruskal and Wallis' test). Both are adjusted for the number of runs and of names, as R² commonly is, so that
/// neither twenty names nor few runs look like knowledge. It is about one parameter at a time: it sees no interplay, and
/// says nothing about causes.
#[must_use]
pub fn importance(factor: Factor<'_>, metric: &[Option<f64>]) -> Option<Importance> {
    match factor {
        Factor::Numbers(numbers) => of_numbers(&both(numbers, metric, |number| number.is_finite())),
        Factor::Names(names) => of_names(&both(names, metric, |_| true)),
    }
}

fn both<T: Clone>(
    factor: &[Option<T>],
    metric: &[Option<f64>],
    counts: impl Fn(&T) -> bool,
) -> Vec<(T, f64)> {
    let pair = |(factor, metric): (&Option<T>, &Option<f64>)| {
        let metric = metric.filter(|value| value.is_finite())?;
        Some((factor.clone().filter(|factor| counts(factor))?, metric))
    };
    factor.iter().zip(metric).filter_map(pair).collect()
}

fn of_numbers(pairs: &[(f64, f64)]) -> Option<Importance> {
    let correlation = spearman(pairs)?;
    let share = adjusted(correlation * correlation, pairs.len(), 1)?;
    Some(Importance { n: pairs.len(), share, correlation: Some(correlation) })
}

#[expect(clippy::cast_precision_loss, reason = "fewer than 2^53 values")]
fn of_names(pairs: &[(String, f64)]) -> Option<Importance> {
    let metric: Vec<f64> = pairs.iter().map(|(_, value)| *value).collect();
    let mut groups: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for ((name, _), rank) in pairs.iter().zip(ranks(&metric)) {
        groups.entry(name).or_default().push(rank);
    }
    if groups.len() < 2 {
        return None;
    }
    // The mean of the ranks from 1 to n.
    let middle = (pairs.len() + 1) as f64 / 2.0;
    let total: f64 = groups.values().flatten().map(|rank| (rank - middle).powi(2)).sum();
    let between = |ranks: &Vec<f64>| {
        let own = ranks.iter().sum::<f64>() / ranks.len() as f64;
        ranks.len() as f64 * (own - middle).powi(2)
    };
    let ratio = groups.values().map(between).sum::<f64>() / total;
    let share = adjusted(ratio, pairs.len(), groups.len() - 1)?;
    Some(Importance { n: pairs.len(), share, correlation: None })
}

/// What is left of an explained share of `n` values without what `freedom` free numbers explain by chance.
#[expect(clippy::cast_precision_loss, reason = "fewer than 2^53 values")]
fn adjusted(ratio: f64, n: usize, freedom: usize) -> Option<f64> {
    let rest = n.checked_sub(freedom + 1).filter(|rest| *rest > 0)?;
    let share = 1.0 - (1.0 - ratio) * (n - 1) as f64 / rest as f64;
    share.is_finite().then(|| share.clamp(0.0, 1.0))
}
