//! All metrics of a page as charts, with what is chosen for all of them.

use leptos::prelude::*;
use models::comparison::ComparedHistoriesRequest;

use super::along::Along;
use super::chart_sections::ChartSections;
use super::metric_chart::MetricChart;
use super::sections::Section;
use super::shared::Shared;
use crate::ui::format::integer;
use crate::ui::{SearchField, Select, Slider, Switch};

/// A chart for each metric, in sections, read and zoomed together; only those in view are mounted and asked for.
#[component]
pub(in crate::features::runs) fn MetricCharts(
    shared: Shared,
    /// The names of the metrics.
    keys: Memo<Vec<String>>,
    /// Shown in the place of all where there are none.
    #[prop(into)]
    nothing: ViewFn,
    /// Further choices.
    #[prop(optional, into)]
    more: ViewFn,
    /// Whether a slash leads to the search.
    #[prop(default = true)]
    slash: bool,
) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let found = Memo::new(move |_| shared.which.sections(&keys.read(), &search.read()));
    let options =
        Signal::derive(move || Along::options(&shared.which.along(), keys.read().iter().map(String::as_str)));
    let chart = Callback::new(move |key: String| view! { <MetricChart shared key/> }.into_any());
    view! {
        <Show when=move || !keys.read().is_empty() fallback=nothing>
            <div class="toolbar">
                <SearchField label="Search metrics" value=search slash/>
                <Select label="Horizontal axis" value=shared.x options/>
                {more.run()}
                <Slider
                    label="Smoothing"
                    value=shared.smoothing
                    max=ComparedHistoriesRequest::MAX_SMOOTHING
                    told=|hundredths| format!("{:.2}", f64::from(hundredths) / 100.0)
                />
                <Switch checked=shared.x_log on_change=move |on: bool| shared.x_log.set(on)>"Log x"</Switch>
                <Switch checked=shared.y_log on_change=move |on: bool| shared.y_log.set(on)>"Log y"</Switch>
                <span class="muted" role="status">{move || counted(&found.read(), keys.read().len())}</span>
            </div>
            <ChartSections found chart/>
        </Show>
    }
}

fn counted(found: &[Section], all: usize) -> String {
    let n = found.iter().map(|section| section.keys.len()).sum::<usize>();
    let all_text = match all {
        1 => "1 metric".to_owned(),
        all => format!("{} metrics", integer(all as u64)),
    };
    if n == all { all_text } else { format!("{} of {all_text}", integer(n as u64)) }
}
