//! The metrics of a run in figures.

use std::collections::HashMap;

use leptos::prelude::*;
use models::id::{ProjectId, RunId};
use models::metric::Metric;

use super::extremes::{Extremes, Summary};
use super::table::{Logged, Words};
use crate::ui::Tooltip;
use crate::ui::format::{NOTHING, integer, number};
use crate::widgets::RelativeTime;

const WORDS: Words = Words {
    title: "Metrics",
    nothing: "This run has logged no metrics.",
    heads: &["Name", "Latest", "Least", "Greatest", "Step", "Logged"],
};

/// What machines log about themselves begins with this; it stays closed until somebody asks.
const SYSTEM: &str = "system/";

/// The latest, the least and the greatest value of each metric of a run, and how far it was logged.
#[component]
pub(in crate::features::runs::detail) fn LatestMetrics(
    project: ProjectId,
    run: RunId,
    #[prop(into)] metrics: Signal<Vec<Metric>>,
) -> impl IntoView {
    let known = RwSignal::new(HashMap::<String, Summary>::new());
    let names =
        Memo::new(move |_| metrics.read().iter().map(|metric| metric.key.clone()).collect::<Vec<_>>());
    let cells = move |metric: Metric| {
        let key = metric.key.clone();
        let summary = Memo::new(move |_| known.read().get(&key).copied());
        view! {
            <td class="logged-number">{value(Some(metric.value.0))}</td>
            <td class="logged-number">{move || value(summary.get().and_then(|summary| summary.low))}</td>
            <td class="logged-number">{move || value(summary.get().and_then(|summary| summary.high))}</td>
            <td class="logged-number">
                <Tooltip text=move || summary.get().map(|summary| counted(summary.n_values)).unwrap_or_default() focusable=true>{step(metric.step)}</Tooltip>
            </td>
            <td class="logged-time"><RelativeTime at=Some(metric.timestamp)/></td>
        }
        .into_any()
    };
    view! {
        <Extremes project run names known/>
        <Logged words=&WORDS lines=metrics name=|metric: &Metric| &metric.key closed=SYSTEM cells/>
    }
}

/// A value in four figures, with all its digits beside it.
fn value(value: Option<f64>) -> AnyView {
    match value {
        Some(value) => {
            view! { <Tooltip text=value.to_string() focusable=true>{number(value)}</Tooltip> }.into_any()
        }
        None => view! { <span class="faint">{NOTHING}</span> }.into_any(),
    }
}

fn counted(n_values: u64) -> String {
    if n_values == 1 { "1 value".to_owned() } else { format!("{} values", integer(n_values)) }
}

fn step(step: i64) -> String {
    let digits = integer(step.unsigned_abs());
    if step < 0 { format!("−{digits}") } else { digits }
}
