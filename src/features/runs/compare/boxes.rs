//! How a metric is distributed over groups of the runs.

use std::sync::Arc;

use leptos::prelude::*;
use models::comparison::Comparison;
use models::statistics::box_summary;

use super::groupings::Grouping;
use super::quantities::{Quantity, of_metrics};
use crate::ui::chart::{BoxChart, BoxGroup, Colour};
use crate::ui::{Panel, Select, SelectOption};
use crate::widgets::{UrlHistory, url_state};

/// A box for each group of runs.
#[component]
pub(super) fn ComparedBoxes(
    /// What is known of the runs.
    comparison: Signal<Arc<Comparison>>,
    /// By what the runs can be grouped.
    groupings: Memo<Vec<Grouping>>,
) -> impl IntoView {
    let metric = url_state::<String>("box", UrlHistory::Replace);
    let by = url_state::<String>("boxby", UrlHistory::Replace);
    let metrics = Memo::new(move |_| of_metrics(&comparison.read()));
    let shown = Memo::new(move |_| {
        let (metrics, groupings) = (metrics.read(), groupings.read());
        let metric = metrics.iter().find(|own| own.id == *metric.read()).or_else(|| metrics.first())?;
        let grouping = groupings.iter().find(|own| own.id == *by.read()).or_else(|| groupings.first())?;
        Some((metric.clone(), grouping.clone()))
    });
    let groups = Signal::derive(move || {
        shown.read().as_ref().map(|(metric, by)| groups(metric, by)).unwrap_or_default()
    });
    let measure = Signal::derive(move || {
        shown.read().as_ref().map(|(metric, _)| metric.name.clone()).unwrap_or_default()
    });
    let grouped =
        Signal::derive(move || shown.read().as_ref().map(|(_, by)| by.id.clone()).unwrap_or_default());
    let metric_options =
        Signal::derive(move || metrics.read().iter().map(Quantity::option).collect::<Vec<_>>());
    let by_options = Signal::derive(move || groupings.read().iter().map(option).collect::<Vec<_>>());
    let left_out = move || {
        let all = shown.read().as_ref().map(|(metric, _)| metric.numbers.len())?;
        left_out(all - groups.read().iter().map(|group| group.values.len()).sum::<usize>())
    };
    let any = Memo::new(move |_| shown.read().is_some());
    let few = "Nothing to draw: it takes a metric, and something by which the runs fall into groups.";
    view! {
        <Panel title="Distribution">
            <Show when=move || any.get() fallback=move || view! { <p class="muted">{few}</p> }>
                <div class="toolbar compare-relation">
                    <span class="compare-choice">
                        <span class="muted" aria-hidden="true">"Of"</span>
                        <Select label="Distribution of" value=metric options=metric_options/>
                    </span>
                    <span class="compare-choice">
                        <span class="muted" aria-hidden="true">"By"</span>
                        <Select label="Distribution by" value=by options=by_options/>
                    </span>
                </div>
                <BoxChart measure by=grouped groups/>
                {move || left_out().map(|note| view! { <p class="chart-notes">{note}</p> })}
                <p class="chart-notes">
                    "Each dot is a run. A box reaches from the first to the third quartile, its whiskers to the last values within one and a half times its height."
                </p>
            </Show>
        </Panel>
    }
}

/// A choice of a grouping.
pub(super) fn option(grouping: &Grouping) -> SelectOption {
    SelectOption::new(grouping.id.clone(), grouping.id.clone())
}

fn groups(metric: &Quantity, by: &Grouping) -> Vec<BoxGroup> {
    let group = |(place, name): (usize, &String)| {
        let own = metric.numbers.iter().zip(&by.groups).filter(|(_, group)| **group == place);
        let values: Vec<f64> = own.filter_map(|(number, _)| *number).collect();
        let summary = box_summary(&values)?;
        Some(BoxGroup {
            name: name.clone(),
            colour: Colour::nth(place),
            low: summary.low,
            first_quartile: summary.first_quartile,
            median: summary.median,
            third_quartile: summary.third_quartile,
            high: summary.high,
            values,
        })
    };
    by.names.iter().enumerate().filter_map(group).collect()
}

/// How many runs are in no box.
fn left_out(runs: usize) -> Option<String> {
    match runs {
        0 => None,
        1 => Some("1 run without a finite value is left out.".to_owned()),
        n => Some(format!("{n} runs without a finite value are left out.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_without_a_value_are_in_no_box() {
        let metric = Quantity {
            id: "metrics.loss".to_owned(),
            name: "loss".to_owned(),
            numbers: vec![Some(1.0), None, Some(3.0), Some(9.0)],
        };
        let names = ["adam", "sgd", "none"].map(str::to_owned).to_vec();
        let by = Grouping { id: "optimizer".to_owned(), names, groups: vec![0, 2, 0, 1] };
        let found = groups(&metric, &by);
        assert_eq!(found.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(), ["adam", "sgd"]);
        assert_eq!((found[0].median, found[0].values.clone()), (2.0, vec![1.0, 3.0]));
        assert_eq!(left_out(2).as_deref(), Some("2 runs without a finite value are left out."));
    }
}
