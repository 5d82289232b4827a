//! The top of the pages of a run: its name, its state, and what it was made of.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::query::Attribute;
use models::run::{ParentRun, Run, RunStatus};

use super::code_page::commit_page;
use super::execution::{CancelRun, Execution};
use super::labels::RunLabels;
use super::links::SameValue;
use super::rename::RunName;
use crate::features::runs::again::RunAgain;
use crate::queries;
use crate::routes::{Route, RunTab};
use crate::ui::format::NOTHING;
use crate::ui::link::web_host;
use crate::ui::{ButtonLink, CopyButton, Fact, Icon, IconName, Link};
use crate::widgets::{LiveDuration, Person, RelativeTime, RunColour, RunStatusBadge, status_title};

/// The run's name and state, with its experiment, code, data, model, person and times.
#[component]
pub(super) fn RunHeader(project: ProjectId, #[prop(into)] run: Signal<Arc<Run>>) -> impl IntoView {
    let status = Memo::new(move |_| run.read().status);
    let name = Memo::new(move |_| run.read().name.clone());
    let id = run.read_untracked().run_id;
    let data =
        queries::runs::data_when(move || (status.get() == RunStatus::Running).then_some((project, id)));
    let progress =
        Signal::derive(move || data.value.get().and_then(|data| data.progress(run.read().start_time)));
    view! {
        <header class="page-header">
            <div class="page-heading">
                <RunName project run>
                    {move || view! { <RunColour run=id name=name.get()/> }}
                    <RunStatusBadge status progress/>
                </RunName>
            </div>
            <div class="page-actions">
                <CancelRun project run/>
                <RunAgain project run=Signal::derive(move || run.read().run_id)/>
                <ButtonLink href=Route::schedule_like(project, id) icon=IconName::Calendar>"Schedule…"</ButtonLink>
            </div>
            <Announced status/>
            <RunLabels project run/>
        </header>
        <Execution run/>
        <dl class="run-facts">
            <PartOf project run/>
            <MadeOf project run/>
            <Fact name="Started by">{move || view! { <Person name=run.read().user.name.clone()/> }}</Fact>
            <Fact name="Started"><RelativeTime at=Signal::derive(move || run.read().start_time)/></Fact>
            <Fact name="Duration"><Duration run/></Fact>
            <Fact name="Run id">
                <span class="mono truncate">{move || run.read().mlflow_run_id.clone()}</span>
                <CopyButton text=Signal::derive(move || run.read().mlflow_run_id.clone()) label="Copy the run id"/>
            </Fact>
        </dl>
    }
}

/// Says a change of state to those who do not see it.
#[component]
fn Announced(status: Memo<RunStatus>) -> impl IntoView {
    let first = status.get_untracked();
    let changed = Memo::new(move |before: Option<&bool>| before == Some(&true) || status.get() != first);
    let said = move || changed.get().then(|| format!("The run is now: {}", status_title(status.get())));
    view! { <span class="visually-hidden" role="status">{said}</span> }
}

/// The run that this one is a part of; nothing for a run of its own.
#[component]
fn PartOf(project: ProjectId, run: Signal<Arc<Run>>) -> impl IntoView {
    let parent = Memo::new(move |_| run.read().parent_run.clone());
    let link = move |ParentRun { run_id, name }: ParentRun| {
        let href = Route::Run(project, run_id, RunTab::Overview).to_string();
        view! { <Fact name="Part of"><Link href>{name}</Link></Fact> }
    };
    move || parent.get().map(link)
}

/// The experiment, the code, the data and the model, each leading to the runs that share it.
#[component]
fn MadeOf(project: ProjectId, run: Signal<Arc<Run>>) -> impl IntoView {
    let experiment = move || {
        let value = run.read().experiment_repository.name.clone();
        view! { <SameValue project attribute=Attribute::Experiment value/> }
    };
    let code = move || {
        let run = run.read();
        let name = run.code_repository.as_ref().map(|code| code.code_repository_name.clone());
        let own = versioned(
            project,
            (Attribute::Code, name),
            (Attribute::Commit, run.commit.clone()),
            run.branch.clone(),
        );
        view! { {own} {hosted(&run)} }
    };
    let data = move || {
        let run = run.read();
        let name = run.data_repository.as_ref().map(|data| data.data_repository_name.clone());
        let version = (Attribute::DataVersion, run.data_commit.clone());
        versioned(project, (Attribute::Data, name), version, run.data_branch.clone())
    };
    let model = move || match &run.read().model_repository {
        Some(model) => {
            view! { <SameValue project attribute=Attribute::Model value=model.name.clone()/> }.into_any()
        }
        None => nothing(),
    };
    view! {
        <Fact name="Experiment">{experiment}</Fact>
        <Fact name="Code">{code}</Fact>
        <Fact name="Data">{data}</Fact>
        <Fact name="Model">{model}</Fact>
    }
}

/// A repository with its commit; with the branch where no commit is known.
fn versioned(
    project: ProjectId,
    (repository, name): (Attribute, Option<String>),
    (version, commit): (Attribute, Option<String>),
    branch: Option<String>,
) -> AnyView {
    if name.is_none() && commit.is_none() {
        return nothing();
    }
    let name = name.map(|value| view! { <SameValue project attribute=repository value/> });
    let branch = branch.filter(|_| commit.is_none());
    let commit = commit.map(|value| {
        view! {
            <span class="run-version-at">
                <span class="muted">"@ "</span>
                <SameValue project attribute=version value short=true/>
            </span>
        }
    });
    let branch = branch.map(|branch| view! { <span class="run-version-at muted">"@ " {branch}</span> });
    view! { <span class="run-version">{name} {commit} {branch}</span> }.into_any()
}

/// The way to the commit where the code is hosted; nothing where no browser can go there.
fn hosted(run: &Run) -> Option<impl IntoView + use<>> {
    let (code, commit) = (run.code_repository.as_ref()?, run.commit.as_ref()?);
    let page = commit_page(&code.uri, Some(&code.platform), commit)?;
    let host = web_host(&page)?.to_owned();
    let tip = format!("Open the commit at {host}");
    let label = format!("{tip} (opens in a new tab)");
    Some(view! {
        <a class="run-hosted" href=page target="_blank" rel="noopener noreferrer nofollow" aria-label=label data-tip=tip>
            <Icon name=IconName::External/>
        </a>
    })
}

fn nothing() -> AnyView {
    view! { <span class="faint">{NOTHING}</span> }.into_any()
}

/// From begin to end; counts on while the run is running.
#[component]
fn Duration(run: Signal<Arc<Run>>) -> impl IntoView {
    let times = Memo::new(move |_| {
        let run = run.read();
        // A run that is over but never said when has no duration.
        let known = run.end_time.is_some() || !run.status.is_final();
        (run.start_time.filter(|_| known), run.end_time)
    });
    let (start, end) = (Signal::derive(move || times.get().0), Signal::derive(move || times.get().1));
    view! { <LiveDuration start end/> }
}
