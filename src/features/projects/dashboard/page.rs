//! The page that holds the parts of the dashboard.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::project::Project;

use super::activity::ActivityPanel;
use super::belongings::Belongings;
use super::edit::EditProject;
use super::members::Members;
use super::menu::ProjectMenu;
use crate::queries;
use crate::routes::Route;
use crate::ui::{Link, Panel, SkeletonShape};
use crate::widgets::{GettingStarted, Loaded, Markdown, ProjectHeader, RunList, page_title};

/// Runs in the list of the latest.
const LATEST: u64 = 8;

/// What is going on in a project, what it is about, who and what belongs to it.
#[component]
pub(crate) fn ProjectDashboard(project: ProjectId) -> impl IntoView {
    let query = queries::projects::get(move || project);
    page_title(move || {
        query.value.get().map_or_else(|| "Project".to_owned(), |project| project.name.clone())
    });
    // A memo, so that a newer answer does not make the dialogs anew that are open.
    let known = Memo::new(move |_| query.value.read().is_some());
    let actions =
        move || view! { {move || known.get().then(|| view! { <EditProject query/> <ProjectMenu query/> })} };
    view! {
        <div class="page">
            <ProjectHeader project actions/>
            <Loaded query shape=SkeletonShape::Cards count=4 let:project>
                <div class="split">
                    <div class="stack"><MainColumn project/></div>
                    <div class="stack">
                        <Members project/>
                        <Belongings project/>
                    </div>
                </div>
            </Loaded>
        </div>
    }
}

#[component]
fn MainColumn(project: Signal<Arc<Project>>) -> impl IntoView {
    let id = project.read_untracked().project_id;
    let has_runs = Memo::new(move |_| project.read().run_counts.total() > 0);
    let document = Memo::new(move |_| project.read().description_document.clone());
    let described = Memo::new(move |_| !document.read().is_empty());
    let all = move || view! { <Link href=Route::Runs(id).to_string()>"All runs"</Link> };
    view! {
        {move || match has_runs.get() {
            true => view! {
                <ActivityPanel project/>
                <Panel title="Latest runs" actions=all flush=true>
                    <RunList project=id limit=LATEST><p class="list-note">"All runs are in the bin."</p></RunList>
                </Panel>
            }.into_any(),
            false => view! {
                <Panel title="Send the first run"><GettingStarted project=id/></Panel>
            }.into_any(),
        }}
        {move || described.get().then(|| view! {
            <Panel title="Description"><Markdown document/></Panel>
        })}
    }
}
