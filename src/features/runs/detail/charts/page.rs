//! The page with the charts of a run.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::run::{Run, RunData};

use super::metric_chart::{MetricChart, Shared};
use super::points::Along;
use crate::features::runs::chart_sections::ChartSections;
use crate::features::runs::detail::known::Known;
use crate::features::runs::sections::{Section, sections};
use crate::queries;
use crate::ui::chart::{Crosshair, Zoom};
use crate::ui::form::{Choice, Segmented};
use crate::ui::format::integer;
use crate::ui::{CodeBlock, Empty, IconName, SearchField, SkeletonShape};

const LOG_A_METRIC: &str = "mlflow.log_metric(\"train/loss\", 0.42, step=100)";

/// All metrics of the run as charts that are read and zoomed together; only those in view are mounted.
#[component]
pub(crate) fn Charts(project: ProjectId, #[prop(into)] run: Signal<Arc<Run>>) -> impl IntoView {
    let id = run.read_untracked().run_id;
    let data = queries::runs::data(move || (project, id));
    let shared = Shared {
        project,
        run: id,
        along: RwSignal::new(Along::Steps),
        crosshair: Crosshair::default(),
        zoom: Zoom::default(),
    };
    Effect::new(move |before: Option<Along>| {
        let along = shared.along.get();
        if before.is_some_and(|before| before != along) {
            shared.zoom.0.set(None);
            shared.crosshair.0.set(None);
        }
        along
    });
    view! {
        <Known query=data shape=SkeletonShape::Cards count=4 children=move |data| view! { <Sections shared data/> }/>
    }
}

#[component]
fn Sections(shared: Shared, data: Signal<Arc<RunData>>) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        sections(data.read().metrics.iter().map(|metric| metric.key.as_str()), &search.read())
    });
    let n_metrics = Memo::new(move |_| data.read().metrics.len());
    let chart = Callback::new(move |key: String| view! { <MetricChart shared key/> }.into_any());
    let choices = || vec![Choice::new(Along::Steps, "Step"), Choice::new(Along::Time, "Time")];
    view! {
        <Show when=move || n_metrics.get() != 0 fallback=|| view! { <NoMetrics/> }>
            <div class="toolbar">
                <SearchField label="Search metrics" value=search/>
                <Segmented label="Horizontal axis" value=shared.along choices=choices()/>
                <span class="muted" role="status">{move || counted(&found.read(), n_metrics.get())}</span>
            </div>
            <ChartSections found chart/>
        </Show>
    }
}

#[component]
fn NoMetrics() -> impl IntoView {
    view! {
        <Empty icon=IconName::ChartLine title="No metrics yet" text="A metric that is logged with its step becomes a chart, which grows while the run goes on.">
            <CodeBlock title="Python" code=LOG_A_METRIC.to_owned()/>
        </Empty>
    }
}

fn counted(found: &[Section], all: usize) -> String {
    let n = found.iter().map(|section| section.keys.len()).sum::<usize>();
    let all_text = integer(all as u64);
    if n == all {
        format!("{all_text} metrics")
    } else {
        format!("{} of {all_text} metrics", integer(n as u64))
    }
}
