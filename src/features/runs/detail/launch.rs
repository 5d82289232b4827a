//! How a run was started: the entry point, its parameters and the resources that were asked for.

use std::sync::Arc;

use leptos::prelude::*;
use models::run::Run;
use serde_json::{Map, Value};

use crate::ui::{CodeBlock, Fact, KeyValue, Panel};

/// How the run was started; nothing when it was started elsewhere and only logged here.
#[component]
pub(super) fn Launch(#[prop(into)] run: Signal<Arc<Run>>) -> impl IntoView {
    let facts = Memo::new(move |_| facts(&run.read()));
    let given = Memo::new(move |_| run.read().mlflow_parameters.as_ref().and_then(pretty));
    let resources = Memo::new(move |_| run.read().backend_config.as_ref().and_then(pretty));
    let is_known = move || !facts.read().is_empty() || given.read().is_some() || resources.read().is_some();
    let fact = |(name, value): (&'static str, String)| view! { <Fact name>{value}</Fact> };
    view! {
        <Show when=is_known>
            <Panel title="Launch">
                <div class="stack">
                    <KeyValue>{move || facts.get().into_iter().map(fact).collect_view()}</KeyValue>
                    {move || given.get().map(|code| view! { <CodeBlock title="Parameters of the entry point" code/> })}
                    {move || resources.get().map(|code| view! { <CodeBlock title="Backend configuration" code/> })}
                </div>
            </Panel>
        </Show>
    }
}

fn facts(run: &Run) -> Vec<(&'static str, String)> {
    let connection = run.connection.as_ref().map(|connection| connection.connection_name.clone());
    let facts = [
        ("Entry point", run.entry_point.clone()),
        ("MLproject", run.mlflow_mlproject_file_path.clone()),
        ("Connection", connection),
        ("Budget", run.compute_budget_account.clone()),
    ];
    let known = facts.into_iter().filter_map(|(name, value)| Some((name, value?)));
    known.filter(|(_, value)| !value.is_empty()).collect()
}

fn pretty(object: &Map<String, Value>) -> Option<String> {
    (!object.is_empty()).then(|| serde_json::to_string_pretty(object).ok()).flatten()
}
