//! What a schedule does.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::repository::RepositoryKind;
use models::run::AddRun;
use models::schedule::Schedule;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::queries;
use crate::routes::Route;
use crate::ui::{CodeBlock, Fact, KeyValue, Link, Panel};
use crate::widgets::Person;

/// The run that is started, or the deployed model that is asked, and in whose name.
#[component]
pub(super) fn What(project: ProjectId, schedule: Signal<Arc<Schedule>>) -> impl IntoView {
    // Its history and its next times change more often than what it does.
    let what = Memo::new(move |_| {
        let schedule = schedule.read();
        (schedule.request.clone(), schedule.deployment.clone())
    });
    let shown = move || match what.get() {
        (Some(request), _) => view! { <Request project request/> }.into_any(),
        (None, Some(deployment)) => {
            let href = Route::Deployment(project, deployment.deployment_id).to_string();
            view! { <Fact name="Deployment that is asked"><Link href>{deployment.name}</Link></Fact> }
                .into_any()
        }
        (None, None) => ().into_any(),
    };
    view! {
        <Panel title="What is done">
            <div class="stack">
                <KeyValue>
                    {shown}
                    <Fact name="In the name of">{move || view! { <Person name=schedule.read().user.name.clone()/> }}</Fact>
                </KeyValue>
                {move || what.get().0.map(|request| view! {
                    {object("Parameters of the entry point", request.mlflow_parameters)}
                    {object("Backend configuration", request.backend_config)}
                })}
            </div>
        </Panel>
    }
}

#[component]
fn Request(project: ProjectId, request: AddRun) -> impl IntoView {
    let text = |name: &'static str, value: Option<String>| {
        value
            .filter(|value| !value.is_empty())
            .map(|value| view! { <Fact name><span class="mono">{value}</span></Fact> })
    };
    let reference = |reference: Option<models::text::GitReference>| reference.map(String::from);
    let code = request.code_repository_id.map(|id| id.0);
    let data = request.data_repository_id.map(|id| id.0);
    view! {
        <Fact name="Run that is started">{request.name.to_string()}</Fact>
        <Source project name="Experiment" kind=RepositoryKind::Experiments id=Some(request.experiment_repository_id.0)/>
        <Source project name="Code" kind=RepositoryKind::Code id=code/>
        {text("Branch", reference(request.branch))}
        {text("Commit", reference(request.commit))}
        <Source project name="Data" kind=RepositoryKind::Data id=data/>
        <Source project name="Model" kind=RepositoryKind::Models id=request.model_repository_id.map(|id| id.0)/>
        {text("Entry point", request.entry_point)}
        {text("MLproject", request.mlflow_mlproject_file_path)}
        {text("Budget", request.compute_budget_account)}
    }
}

/// A repository by its name; nothing where there is none.
#[component]
fn Source(project: ProjectId, name: &'static str, kind: RepositoryKind, id: Option<Uuid>) -> impl IntoView {
    id.map(|id| {
        let query = queries::repositories::get(move || (project, kind, id));
        let shown = move || query.value.get().map_or_else(|| id.to_string(), |found| found.name().to_owned());
        let href = Route::Repository(project, kind, id).to_string();
        view! { <Fact name><Link href>{shown}</Link></Fact> }
    })
}

fn object(title: &'static str, object: Option<Map<String, Value>>) -> Option<impl IntoView> {
    let object = object.filter(|object| !object.is_empty())?;
    let code = serde_json::to_string_pretty(&object).ok()?;
    Some(view! { <CodeBlock title code/> })
}
