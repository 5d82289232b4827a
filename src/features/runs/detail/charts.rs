//! The page with the charts of a run.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::run::{Run, RunData};

use super::known::Known;
use crate::features::runs::charts::{MetricCharts, Shared, Shown, Which};
use crate::queries;
use crate::ui::chart::Dash;
use crate::ui::{CodeBlock, Empty, IconName, SkeletonShape};
use crate::widgets::RunColours;

const LOG_A_METRIC: &str = "mlflow.log_metric(\"train/loss\", 0.42, step=100)";
const LOG_THE_MACHINE: &str =
    "mlflow.enable_system_metrics_logging()  # needs psutil, and nvidia-ml-py for GPUs";

/// Metrics of the run as charts.
#[component]
pub(crate) fn Charts(
    project: ProjectId,
    #[prop(into)] run: Signal<Arc<Run>>,
    /// Those of the training, or those of the machine.
    which: Which,
) -> impl IntoView {
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
    let shared = Shared::new(project, runs, which);
    view! {
        <Known query=data shape=SkeletonShape::Cards count=4 children=move |data| view! { <OfData shared which data/> }/>
    }
}

#[component]
fn OfData(shared: Shared, which: Which, data: Signal<Arc<RunData>>) -> impl IntoView {
    let keys = Memo::new(move |_| which.keys(data.read().metrics.iter().map(|metric| metric.key.as_str())));
    view! { <MetricCharts shared keys nothing=move || nothing(which)/> }
}

/// What stands where there are none.
fn nothing(which: Which) -> AnyView {
    match which {
        Which::All | Which::Training => view! {
            <Empty icon=IconName::ChartLine title="No metrics yet" text="A metric that is logged with its step becomes a chart, which grows while the run goes on.">
                <CodeBlock title="Python" code=LOG_A_METRIC/>
            </Empty>
        }
        .into_any(),
        Which::Machine => view! {
            <Empty icon=IconName::Server title="No system metrics" text="MLflow can log how busy processors, memory, GPUs, disks and the network are while a run goes on. Switch it on before the run starts.">
                <CodeBlock title="Python" code=LOG_THE_MACHINE/>
            </Empty>
        }
        .into_any(),
    }
}
