//! What can be started from a code repository: its entry points at a branch, a tag or a commit.

use std::sync::Arc;

use leptos::prelude::*;
use models::code::{CodeContents, CodeContentsQuery, EntryPoint, EntryPointParameter, MlProject};
use models::id::{CodeRepositoryId, ProjectId};
use models::permission::Action;
use serde_json::Value;

use crate::queries;
use crate::ui::format::short_hash;
use crate::ui::{
    Banner, Button, ComboboxInput, ComboboxOption, Emphasis, Field, Form, IconName, Panel, Skeleton,
    SkeletonShape, TextInput, Tone,
};
use crate::widgets::{RelativeTime, failed, why_not};

/// Commits that are listed.
const SHOWN_COMMITS: usize = 5;

/// Asks where to look, and shows what is there. The repository is asked only when somebody wants it: it is another server.
#[component]
pub(super) fn EntryPoints(project: ProjectId, code: CodeRepositoryId) -> impl IntoView {
    let (reference, path) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let asked = RwSignal::new(None::<CodeContentsQuery>);
    let contents = queries::repositories::code_contents(move || Some((project, code, asked.get()?)));
    let look = move || {
        let text = |signal: RwSignal<String>| {
            Some(signal.read_untracked().trim().to_owned()).filter(|text| !text.is_empty())
        };
        let wanted = CodeContentsQuery { reference: text(reference), path: text(path), connection_id: None };
        if asked.read_untracked().as_ref() == Some(&wanted) {
            contents.refetch.run(());
        } else {
            asked.set(Some(wanted));
        }
    };
    let error = move |field: &'static str| {
        Signal::derive(move || {
            contents.error.get().and_then(|error| error.field_errors().get(field).map(str::to_owned))
        })
    };
    let options = Signal::derive(move || {
        contents.value.get().map(|contents| references(&contents)).unwrap_or_default()
    });
    let why_not = why_not(project, Action::EditRuns);
    view! {
        <Panel title="Entry points">
            <Form on_submit=move |()| look()>
                <div class="entry-points-place">
                    <Field label="Branch, tag or commit" error=error("ref") optional=true>
                        <ComboboxInput label="Branch, tag or commit" value=reference options placeholder="the usual branch"/>
                    </Field>
                    <Field label="Folder of the MLproject file" error=error("path") optional=true>
                        <TextInput value=path placeholder="the root"/>
                    </Field>
                    <Button submit=true emphasis=Emphasis::Secondary icon=IconName::Search busy=contents.fetching disabled_reason=why_not>"Look"</Button>
                </div>
            </Form>
            {move || asked.read().is_some().then(|| view! { <Found contents/> })}
        </Panel>
    }
}

#[component]
fn Found(contents: queries::Query<CodeContents>) -> impl IntoView {
    move || match (contents.value.get(), contents.error.get()) {
        (_, Some(error)) if error.field_errors().iter().next().is_some() => ().into_any(),
        (_, Some(error)) => failed(&error, contents.refetch),
        (Some(found), None) => view! { <Contents found/> }.into_any(),
        (None, None) => view! { <Skeleton shape=SkeletonShape::Rows count=3/> }.into_any(),
    }
}

#[component]
fn Contents(found: Arc<CodeContents>) -> impl IntoView {
    let problem = found.problem.clone().map(|problem| {
        view! { <Banner tone=Tone::Warning icon=IconName::Alert>{problem}</Banner> }
    });
    let commit = |commit: &models::code::Commit| {
        view! {
            <li class="commit">
                <code title=commit.id.clone()>{short_hash(&commit.id).to_owned()}</code>
                <span class="truncate" title=commit.title.clone()>{commit.title.clone()}</span>
                <span class="small faint"><RelativeTime at=Some(commit.at)/></span>
            </li>
        }
    };
    view! {
        {problem}
        {found.project.clone().map(|project| view! { <Project project/> })}
        <section class="commits">
            <h3>"Latest commits"</h3>
            <ol>{found.commits.iter().take(SHOWN_COMMITS).map(commit).collect_view()}</ol>
        </section>
    }
}

#[component]
fn Project(project: MlProject) -> impl IntoView {
    let environment = project.environment.map(|environment| {
        view! { <p class="small muted">"Its environment: " <code>{environment}</code></p> }
    });
    let none = project.entry_points.is_empty().then(|| {
        view! { <p class="list-note">"The MLproject file has no entry points. Add one under `entry_points` and push."</p> }
    });
    view! {
        {environment}
        {none}
        <ul class="entry-points">{project.entry_points.into_iter().map(entry_point).collect_view()}</ul>
    }
}

fn entry_point(entry_point: EntryPoint) -> impl IntoView {
    let parameters = (!entry_point.parameters.is_empty()).then(|| {
        view! {
            <table class="logged">
                <thead><tr><th scope="col">"Parameter"</th><th scope="col">"Type"</th><th scope="col">"Default"</th></tr></thead>
                <tbody>{entry_point.parameters.into_iter().map(parameter).collect_view()}</tbody>
            </table>
        }
    });
    view! {
        <li class="entry-point">
            <h3>{entry_point.name}</h3>
            <code class="entry-point-command">{entry_point.command}</code>
            {parameters}
        </li>
    }
}

fn parameter(parameter: EntryPointParameter) -> impl IntoView {
    let default = match &parameter.default {
        None => view! { <span class="muted">"required"</span> }.into_any(),
        Some(Value::String(text)) => view! { <code>{text.clone()}</code> }.into_any(),
        Some(value) => view! { <code>{value.to_string()}</code> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row">{parameter.name}</th>
            <td>{parameter.kind.to_string()}</td>
            <td>{default}</td>
        </tr>
    }
}

/// What may stand for the commit.
fn references(contents: &CodeContents) -> Vec<ComboboxOption> {
    let option = |text: &String, hint: &str| ComboboxOption {
        text: text.clone(),
        hint: hint.to_owned(),
        count: String::new(),
    };
    let branch = |name: &String| {
        let is_usual = contents.default_branch.as_ref() == Some(name);
        option(name, if is_usual { "usual branch" } else { "branch" })
    };
    let branches = contents.branches.iter().map(branch);
    branches.chain(contents.tags.iter().map(|name| option(name, "tag"))).collect()
}
