//! The page of a run.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::{ProjectId, RunId};

use super::artifacts::Artifacts;
use super::charts::Charts;
use super::header::RunHeader;
use super::known::Known;
use super::logs::Logs;
use super::overview::Overview;
use super::reproduce::Reproduce;
use crate::features::runs::charts::Which;
use crate::queries;
use crate::routes::{Route, RunTab};
use crate::ui::{TabLink, TabLinks};
use crate::widgets::{Named, page_name, page_title};

/// A run: what it was made of, what came out, its charts and the files it left.
#[component]
pub fn Run(
    project: ProjectId,
    run: RunId,
    /// What of it is shown.
    #[prop(into)]
    tab: Signal<RunTab>,
) -> impl IntoView {
    let query = queries::runs::get(move || (project, run));
    let tab = Memo::new(move |_| tab.get());
    page_title(move || {
        let name = query.value.get().map(|run| run.name.clone()).unwrap_or_default();
        if tab.get() == RunTab::Overview { name } else { format!("{} · {name}", tab.get().title()) }
    });
    page_name(move || {
        let run = query.value.get()?;
        let within = run.parent_run.as_ref().map(|parent| {
            (parent.name.clone(), Route::Run(project, parent.run_id, RunTab::Overview).to_string())
        });
        Some(Named { name: run.name.clone(), within })
    });
    let shown = move |run: Signal<Arc<models::run::Run>>| {
        let id = run.read_untracked().run_id;
        view! {
            <RunHeader project run/>
            <TabLinks label="Run">
                {RunTab::ALL.map(|tab| view! {
                    <TabLink href=Route::Run(project, id, tab).to_string() exact=true>{tab.title()}</TabLink>
                }).collect_view()}
            </TabLinks>
            {move || match tab.get() {
                RunTab::Overview => view! { <Overview project run/> }.into_any(),
                RunTab::Metrics => view! { <Charts project run which=Which::Training/> }.into_any(),
                RunTab::System => view! { <Charts project run which=Which::Machine/> }.into_any(),
                RunTab::Artifacts => view! { <Artifacts project run=id/> }.into_any(),
                RunTab::Logs => view! { <Logs project run/> }.into_any(),
                RunTab::Reproduce => view! { <Reproduce project run/> }.into_any(),
            }}
        }
    };
    view! { <div class="page"><Known query count=8 children=shown/></div> }
}
