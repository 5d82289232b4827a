//! The page with the charts of a run.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::run::{Run, RunData};

use super::known::Known;
use crate::features::runs::charts::{MetricCharts, Shared, Shown};
use crate::queries;
use crate::ui::chart::Dash;
use crate::ui::{CodeBlock, Empty, IconName, SkeletonShape};
use crate::widgets::RunColours;

const LOG_A_METRIC: &str = "mlflow.log_metric(\"train/loss\", 0.42, step=100)";

/// All metrics of the run as charts.
#[component]
pub(crate) fn Charts(project: ProjectId, #[prop(into)] run: Signal<Arc<Run>>) -> impl IntoView {
    let id = run.read_untracked().run_id;
    let data = queries::runs::data(move || (project, id));
    let colours = RunColours::current();
    let runs = Memo::new(move |_| {
        let run = run.read();
        vec![Shown {
            run: id,
            name: run.name.clone(),
            colour: colours.of(id),
            dash: Dash::Solid,
            began: run.start_time,
        }]
    });
    let shared = Shared::new(project, runs);
    view! {
        <Known query=data shape=SkeletonShape::Cards count=4 children=move |data| view! { <OfData shared data/> }/>
    }
}

#[component]
fn OfData(shared: Shared, data: Signal<Arc<RunData>>) -> impl IntoView {
    let keys = Memo::new(move |_| data.read().metrics.iter().map(|metric| metric.key.clone()).collect());
    view! { <MetricCharts shared keys nothing=no_metrics/> }
}

fn no_metrics() -> impl IntoView {
    view! {
        <Empty icon=IconName::ChartLine title="No metrics yet" text="A metric that is logged with its step becomes a chart, which grows while the run goes on.">
            <CodeBlock title="Python" code=LOG_A_METRIC.to_owned()/>
        </Empty>
    }
}
