//! What a run was made of, what came out of it and where it ran.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::lineage::{LineageKind, LineageReference};
use models::query::Field;
use models::run::{KeyValue, Run, RunData};

use super::children::ChildRuns;
use super::failure::FailureSummary;
use super::inputs::Inputs;
use super::known::Known;
use super::launch::Launch;
use super::logged::{LatestMetrics, NamedValues, Parameters};
use super::machine::Machine;
use super::note::RunNote;
use super::saved_models::SavedModels;
use super::timeline::Timeline;
use crate::queries;
use crate::ui::Panel;
use crate::widgets::LineagePanel;

/// Tags that MLflow sets by itself begin with this; the note, which is one of them, stands in a place of its own.
const OF_MLFLOW: &str = "mlflow.";

/// The first page of a run.
#[component]
pub(super) fn Overview(project: ProjectId, #[prop(into)] run: Signal<Arc<Run>>) -> impl IntoView {
    let id = run.read_untracked().run_id;
    let data = queries::runs::data(move || (project, id));
    let shown = move |data: Signal<Arc<RunData>>| {
        let tags = Signal::derive(move || data.read().tags.clone());
        view! {
            <FailureSummary project run tags/>
            <RunNote project run/>
            <ChildRuns project run=id/>
            <div class="split">
                <div class="stack" data-gap="large">
                    <Parameters parameters=Signal::derive(move || data.read().parameters.clone())/>
                    <LatestMetrics project run=id metrics=Signal::derive(move || data.read().metrics.clone())/>
                    <LineagePanel project of=LineageReference { kind: LineageKind::Run, id: id.0 }/>
                </div>
                <div class="stack" data-gap="large">
                    <Timeline run statuses=Signal::derive(move || data.read().statuses.clone())/>
                    <Inputs inputs=Signal::derive(move || data.read().inputs.clone())/>
                    <SavedModels project run/>
                    <Launch run/>
                    <Machine run/>
                    <Tags tags/>
                </div>
            </div>
        }
    };
    view! { <Known query=data count=8 children=shown/> }
}

/// The tags that people set; those that MLflow sets are folded away.
#[component]
fn Tags(tags: Signal<Vec<KeyValue>>) -> impl IntoView {
    let split = Memo::new(move |_| {
        let others = tags.get().into_iter().filter(|tag| tag.key != Field::NOTE_TAG);
        others.partition::<Vec<_>, _>(|tag| !tag.key.starts_with(OF_MLFLOW))
    });
    let own = Signal::derive(move || split.get().0);
    let of_mlflow = Signal::derive(move || split.get().1);
    view! {
        <Show when=move || split.with(|(own, of_mlflow)| !own.is_empty() || !of_mlflow.is_empty())>
            <Panel title="Tags" flush=true>
                <NamedValues values=own/>
                <Show when=move || !of_mlflow.get().is_empty()>
                    <details class="run-details">
                        <summary>{move || format!("Set by MLflow ({})", of_mlflow.get().len())}</summary>
                        <NamedValues values=of_mlflow/>
                    </details>
                </Show>
            </Panel>
        </Show>
    }
}
