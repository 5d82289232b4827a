//! The metrics of the compared runs as charts.

use leptos::prelude::*;

use super::along::Along;
use super::metric_chart::{ComparedChart, Shared};
use crate::features::runs::chart_sections::ChartSections;
use crate::features::runs::sections::sections;
use crate::ui::form::{Choice, Segmented};
use crate::ui::{Empty, IconName, SearchField, Select};

/// A chart for each metric, in sections; only those in view are mounted and asked for.
#[component]
pub(super) fn ComparedCharts(
    shared: Shared,
    /// The names of all metrics of the runs.
    keys: Memo<Vec<String>>,
    /// The horizontal axis, as the address writes it.
    along: RwSignal<String>,
    /// How strongly values are smoothed, in hundredths.
    smoothing: RwSignal<u8>,
) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let found = Memo::new(move |_| sections(keys.read().iter().map(String::as_str), &search.read()));
    let options = Signal::derive(move || Along::options(keys.read().iter().map(String::as_str)));
    let chart = Callback::new(move |key: String| view! { <ComparedChart shared key/> }.into_any());
    let choices =
        vec![Choice::new(0, "None"), Choice::new(60, "0.6"), Choice::new(90, "0.9"), Choice::new(97, "0.97")];
    let nothing = || {
        view! { <Empty icon=IconName::ChartLine title="No metrics to compare" text="None of these runs has logged a metric yet."/> }
    };
    view! {
        <Show when=move || !keys.read().is_empty() fallback=nothing>
            <div class="toolbar">
                <SearchField label="Search metrics" value=search slash=false/>
                <Select label="Horizontal axis" value=along options/>
                <span class="compare-choice">
                    <span class="muted" aria-hidden="true">"Smoothing"</span>
                    <Segmented label="Smoothing" value=smoothing choices=choices.clone()/>
                </span>
            </div>
            <ChartSections found chart/>
        </Show>
    }
}
