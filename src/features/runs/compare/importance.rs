//! Which parameters tell most about a metric.

use std::sync::Arc;

use leptos::prelude::*;
use models::comparison::Comparison;
use models::statistics::{Factor, Importance, importance};

use super::dimensions::dimensions;
use super::quantities::{Quantity, of_metrics};
use crate::ui::chart::{Dimension, Values};
use crate::ui::format::{NOTHING, integer, number, percent};
use crate::ui::{Panel, Select};
use crate::widgets::{UrlHistory, url_state};

/// With fewer runs the order of the parameters may well be chance.
const FEW: usize = 20;

/// The parameters by how much each, taken alone, tells about a metric.
#[component]
pub(super) fn ParameterImportance(
    /// What is known of the runs.
    comparison: Signal<Arc<Comparison>>,
) -> impl IntoView {
    let metric = url_state::<String>("about", UrlHistory::Replace);
    let metrics = Memo::new(move |_| of_metrics(&comparison.read()));
    let shown = Memo::new(move |_| {
        let metrics = metrics.read();
        metrics.iter().find(|own| own.id == *metric.read()).or_else(|| metrics.first()).cloned()
    });
    let rows = Memo::new(move |_| {
        let parameters = dimensions(&comparison.read());
        shown.read().as_ref().map(|metric| rows(&parameters, metric)).unwrap_or_default()
    });
    let options = Signal::derive(move || metrics.read().iter().map(Quantity::option).collect::<Vec<_>>());
    let any = Memo::new(move |_| !rows.read().is_empty());
    let caveat = move || caveat(rows.read().iter().map(|(_, found)| found.n).max().unwrap_or_default());
    view! {
        <Panel title="Importance of parameters">
            <Show when=move || shown.read().is_some()>
                <div class="toolbar compare-relation">
                    <span class="compare-choice">
                        <span class="muted" aria-hidden="true">"For"</span>
                        <Select label="Importance for" value=metric options/>
                    </span>
                </div>
            </Show>
            <Show
                when=move || any.get()
                fallback=|| view! { <p class="muted">"Nothing to tell: it takes three runs or more with a metric, and a parameter that varies."</p> }
            >
                <div class="compare-scroll" tabindex="0" role="region" aria-label="Parameters by importance">
                    <table class="compare-importance">
                        <thead><tr>
                            <th scope="col">"Parameter"</th>
                            <th scope="col">"Accounts for"</th>
                            <th scope="col">"Correlation"</th>
                            <th scope="col">"Runs"</th>
                        </tr></thead>
                        <tbody>{move || rows.get().into_iter().map(row).collect_view()}</tbody>
                    </table>
                </div>
                <p class="chart-notes">{caveat}</p>
            </Show>
        </Panel>
    }
}

/// The parameters of which something is known, the most telling first.
fn rows(all: &[Dimension], metric: &Quantity) -> Vec<(String, Importance)> {
    let parameters = all.iter().filter(|dimension| dimension.id.starts_with("params."));
    let found = |dimension: &Dimension| {
        let factor = match &dimension.values {
            Values::Numbers(numbers) => Factor::Numbers(numbers),
            Values::Names(names) => Factor::Names(names),
        };
        Some((dimension.name.clone(), importance(factor, &metric.numbers)?))
    };
    let mut rows: Vec<_> = parameters.filter_map(found).collect();
    rows.sort_by(|(_, one), (_, other)| other.share.total_cmp(&one.share));
    rows
}

fn row((name, found): (String, Importance)) -> impl IntoView {
    let correlation = found.correlation.map_or_else(|| NOTHING.to_owned(), number);
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td>
                <span class="compare-share" aria-hidden="true" style:--share=found.share.to_string()></span>
                {percent(found.share)}
            </td>
            <td>{correlation}</td>
            <td>{integer(found.n as u64)}</td>
        </tr>
    }
}

/// What the numbers do not say.
fn caveat(n: usize) -> String {
    let few = if n < FEW { format!(" {n} runs are few: the order may be chance.") } else { String::new() };
    format!(
        "The share of the differences between the ranks of the runs that a parameter accounts for alone, less what chance \
         accounts for; the correlation is Spearman's. It sees no interplay of parameters, and says nothing about causes.{few}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_telling_parameter_comes_first_and_metrics_are_none() {
        let dimension = |id: &str, values| Dimension { id: id.to_owned(), name: id.to_owned(), values };
        let numbers = |values: [f64; 4]| Values::Numbers(values.map(Some).to_vec());
        let all = [
            dimension("params.noise", numbers([1.0, 4.0, 3.0, 2.0])),
            dimension("params.rate", numbers([1.0, 2.0, 3.0, 4.0])),
            dimension("params.same", numbers([1.0; 4])),
            dimension("metrics.loss", numbers([1.0, 2.0, 3.0, 4.0])),
        ];
        let metric = Quantity {
            id: "metrics.loss".to_owned(),
            name: "loss".to_owned(),
            numbers: [0.1, 0.2, 0.3, 0.4].map(Some).to_vec(),
        };
        let names: Vec<_> = rows(&all, &metric).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["params.rate", "params.noise"]);
        assert!(caveat(4).contains("4 runs are few") && !caveat(20).contains("few"));
    }
}
