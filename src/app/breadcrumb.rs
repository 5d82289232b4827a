//! Where the page on screen stands.

use leptos::prelude::*;
use models::id::ProjectId;

use crate::queries;
use crate::routes::{Route, RunTab, SettingsPage};
use crate::ui::{Breadcrumb, Crumb};
use crate::widgets::{Named, PageName};

/// The way from the projects to the page on screen, with the names of what it leads through.
#[component]
pub(super) fn PageBreadcrumb(route: Signal<Option<Route>>) -> impl IntoView {
    let project = queries::projects::brief(move || route.get()?.project());
    let project =
        move || project.value.get().map_or_else(|| "Project".to_owned(), |project| project.name.clone());
    let page = PageName::current();
    let crumbs = move || route.get().map(|route| steps(route, &project(), page.get())).unwrap_or_default();
    view! { <Breadcrumb crumbs=Signal::derive(crumbs)/> }
}

/// The steps to a page; `project` and `named` are what its project and what it is about are called.
fn steps(route: Route, project: &str, named: Option<Named>) -> Vec<Crumb> {
    let projects = || link("Projects", Route::Projects);
    let of = |id: ProjectId| vec![projects(), link(project, Route::Project(id))];
    let (name, within) = named.map_or_else(Default::default, |named| (named.name, named.within));
    let (mut steps, here) = match route {
        Route::Home => (Vec::new(), "Home"),
        Route::Projects => (Vec::new(), "Projects"),
        Route::AllRuns => (Vec::new(), "All runs"),
        Route::Users => (Vec::new(), "Users"),
        Route::Labels => (Vec::new(), "Labels"),
        Route::Teams(kind) => (Vec::new(), kind.title()),
        Route::Team(kind, _) => (vec![link(kind.title(), Route::Teams(kind))], name.as_str()),
        Route::Settings(page) => {
            (vec![link("Settings", Route::Settings(SettingsPage::Profile))], page.title())
        }
        Route::Project(_) => (vec![projects()], project),
        Route::ProjectSettings(id, tab) => {
            let mut steps = of(id);
            steps.push(Crumb::link("Settings", Route::settings_of(id)));
            (steps, tab.title())
        }
        Route::Runs(id) => (of(id), "Runs"),
        Route::Launch(id) => (below(of(id), "Runs", Route::Runs(id)), "New run"),
        Route::Compare(id) => (below(of(id), "Runs", Route::Runs(id)), "Compare"),
        Route::Repositories(id, kind) => (of(id), kind.title()),
        Route::Repository(id, kind, _) => {
            (below(of(id), kind.title(), Route::Repositories(id, kind)), name.as_str())
        }
        Route::SavedModels(id) => (of(id), "Saved models"),
        Route::SavedModel(id, _) => (below(of(id), "Saved models", Route::SavedModels(id)), name.as_str()),
        Route::Deployments(id) => (of(id), "Deployments"),
        Route::Deployment(id, _) => (below(of(id), "Deployments", Route::Deployments(id)), name.as_str()),
        Route::Schedules(id) => (of(id), "Schedules"),
        Route::Schedule(id, _) => (below(of(id), "Schedules", Route::Schedules(id)), name.as_str()),
        Route::Run(id, run, tab) => {
            let mut steps = below(of(id), "Runs", Route::Runs(id));
            steps.extend(within.map(|(name, href)| Crumb::link(name, href)));
            let name = if name.is_empty() { "Run" } else { &name };
            if tab == RunTab::Overview {
                (steps, name)
            } else {
                (below(steps, name, Route::Run(id, run, RunTab::Overview)), tab.title())
            }
        }
        Route::Login | Route::Link | Route::Setup | Route::Gallery => return Vec::new(),
    };
    steps.push(Crumb::here(here));
    steps
}

fn link(name: &str, route: Route) -> Crumb {
    Crumb::link(name, route.to_string())
}

/// One step more.
fn below(mut steps: Vec<Crumb>, name: &str, route: Route) -> Vec<Crumb> {
    steps.push(link(name, route));
    steps
}
