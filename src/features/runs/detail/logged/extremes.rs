//! The least and the greatest value of metrics, asked for in as many questions as it takes.

use std::collections::HashMap;

use leptos::prelude::*;
use models::id::{ProjectId, RunId};
use models::metric::{HistoryRequest, MetricHistory};

use crate::queries;

/// As few points as can be asked for: each sums up a half of the history.
const POINTS: u32 = 2;

/// What the history of a metric amounts to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Summary {
    /// The least of its finite values.
    pub(super) low: Option<f64>,
    /// The greatest of its finite values.
    pub(super) high: Option<f64>,
    /// How many values were logged.
    pub(super) n_values: u64,
}

impl From<&MetricHistory> for Summary {
    fn from(history: &MetricHistory) -> Self {
        let low = history.low.iter().copied().reduce(f64::min);
        let high = history.high.iter().copied().reduce(f64::max);
        Self { low, high, n_values: history.n_values }
    }
}

/// Shows nothing, but tells what is known of each metric and keeps that true.
#[component]
pub(super) fn Extremes(
    project: ProjectId,
    run: RunId,
    /// The names of the metrics.
    names: Memo<Vec<String>>,
    /// Where it is told, by name.
    known: RwSignal<HashMap<String, Summary>>,
) -> impl IntoView {
    let batches = Memo::new(move |_| names.read().len().div_ceil(HistoryRequest::MAX_KEYS));
    let ask = move |batch: usize| {
        let histories = queries::runs::metrics(move || {
            let from = batch * HistoryRequest::MAX_KEYS;
            let keys: Vec<_> =
                names.read().iter().skip(from).take(HistoryRequest::MAX_KEYS).cloned().collect();
            (!keys.is_empty()).then_some((project, run, HistoryRequest { keys, points: POINTS, steps: None }))
        });
        Effect::new(move || {
            if let Some(histories) = histories.value.get() {
                let told = histories.iter().map(|history| (history.key.clone(), Summary::from(history)));
                known.update(|known| known.extend(told));
            }
        });
    };
    view! { <For each=move || 0..batches.get() key=|batch| *batch children=ask/> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::time::UnixMillis;

    #[test]
    fn a_history_is_summed_up_over_all_its_buckets() {
        let history = MetricHistory {
            key: "loss".to_owned(),
            n_values: 900,
            n_not_finite: 1,
            steps: vec![400, 800],
            timestamps: vec![UnixMillis(1), UnixMillis(2)],
            low: vec![0.5, 0.25],
            high: vec![3.0, 0.75],
            last: vec![0.5, 0.3],
            gaps: Vec::new(),
        };
        assert_eq!(Summary::from(&history), Summary { low: Some(0.25), high: Some(3.0), n_values: 900 });
        let nothing = MetricHistory { low: Vec::new(), high: Vec::new(), ..history };
        assert_eq!((Summary::from(&nothing).low, Summary::from(&nothing).high), (None, None));
    }
}
