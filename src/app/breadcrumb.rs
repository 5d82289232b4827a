//! Where the page on screen stands.

use std::sync::Arc;

use leptos::prelude::*;

use crate::queries::{self, repositories::Repository};
use crate::routes::{Route, RunTab, SettingsPage};
use crate::ui::{Breadcrumb, Crumb};

/// The way from the projects to the page on screen, with the names of what it leads through.
#[component]
pub(super) fn PageBreadcrumb(route: Memo<Option<Route>>) -> impl IntoView {
    let project = queries::projects::get_when(move || route.get()?.project());
    let run_query = queries::runs::get_when(move || {
        let Route::Run(project, run, _) = route.get()? else { return None };
        Some((project, run))
    });
    let project_name =
        move || project.value.get().map_or_else(|| "Project".to_owned(), |project| project.name.clone());
    let run_name = move || run_query.value.get().map_or_else(|| "Run".to_owned(), |run| run.name.clone());
    let repository = queries::repositories::get_when(move || {
        let Route::Repository(project, kind, id) = route.get()? else { return None };
        Some((project, kind, id))
    });
    let repository_name = move || {
        let name = |repository: Arc<Repository>| repository.name().to_owned();
        repository.value.get().map_or_else(String::new, name)
    };
    let team = queries::teams::get_when(move || {
        let Route::Team(kind, id) = route.get()? else { return None };
        Some((kind, id))
    });
    let team_name = move || team.value.get().map_or_else(String::new, |team| team.name.clone());
    let model = queries::serving::model_when(move || {
        let Route::SavedModel(project, id) = route.get()? else { return None };
        Some((project, id))
    });
    let model_name = move || model.value.get().map_or_else(String::new, |model| model.name.clone());
    let deployment = queries::serving::deployment_when(move || {
        let Route::Deployment(project, id) = route.get()? else { return None };
        Some((project, id))
    });
    let deployment_name =
        move || deployment.value.get().map_or_else(String::new, |deployment| deployment.name.clone());
    let crumbs = move || match route.get() {
        Some(Route::Home) => vec![Crumb::here("Home")],
        Some(Route::Projects) => vec![Crumb::here("Projects")],
        Some(Route::AllRuns) => vec![Crumb::here("All runs")],
        Some(Route::Project(_)) => vec![projects(), Crumb::here(project_name())],
        Some(Route::Runs(id)) => {
            vec![projects(), Crumb::link(project_name(), Route::Project(id).to_string()), Crumb::here("Runs")]
        }
        Some(Route::Compare(id)) => vec![
            projects(),
            Crumb::link(project_name(), Route::Project(id).to_string()),
            Crumb::link("Runs", Route::Runs(id).to_string()),
            Crumb::here("Compare"),
        ],
        Some(Route::Run(id, run, tab)) => {
            let mut crumbs = vec![
                projects(),
                Crumb::link(project_name(), Route::Project(id).to_string()),
                Crumb::link("Runs", Route::Runs(id).to_string()),
            ];
            let parent = run_query.value.get().and_then(|run| run.parent_run.clone());
            crumbs.extend(parent.map(|parent| {
                Crumb::link(parent.name, Route::Run(id, parent.run_id, RunTab::Overview).to_string())
            }));
            if tab == RunTab::Overview {
                crumbs.push(Crumb::here(run_name()));
            } else {
                crumbs.push(Crumb::link(run_name(), Route::Run(id, run, RunTab::Overview).to_string()));
                crumbs.push(Crumb::here(tab.title()));
            }
            crumbs
        }
        Some(Route::Repositories(id, kind)) => {
            let project = Crumb::link(project_name(), Route::Project(id).to_string());
            vec![projects(), project, Crumb::here(kind.title())]
        }
        Some(Route::Repository(id, kind, _)) => {
            let project = Crumb::link(project_name(), Route::Project(id).to_string());
            let all = Crumb::link(kind.title(), Route::Repositories(id, kind).to_string());
            vec![projects(), project, all, Crumb::here(repository_name())]
        }
        Some(Route::SavedModels(id)) => {
            vec![
                projects(),
                Crumb::link(project_name(), Route::Project(id).to_string()),
                Crumb::here("Saved models"),
            ]
        }
        Some(Route::SavedModel(id, _)) => {
            let project = Crumb::link(project_name(), Route::Project(id).to_string());
            let all = Crumb::link("Saved models", Route::SavedModels(id).to_string());
            vec![projects(), project, all, Crumb::here(model_name())]
        }
        Some(Route::Deployments(id)) => {
            vec![
                projects(),
                Crumb::link(project_name(), Route::Project(id).to_string()),
                Crumb::here("Deployments"),
            ]
        }
        Some(Route::Deployment(id, _)) => {
            let project = Crumb::link(project_name(), Route::Project(id).to_string());
            let all = Crumb::link("Deployments", Route::Deployments(id).to_string());
            vec![projects(), project, all, Crumb::here(deployment_name())]
        }
        Some(Route::Settings(page)) => {
            let settings = Crumb::link("Settings", Route::Settings(SettingsPage::Profile).to_string());
            vec![settings, Crumb::here(page.title())]
        }
        Some(Route::ProjectSettings(id, tab)) => {
            let project = Crumb::link(project_name(), Route::Project(id).to_string());
            vec![
                projects(),
                project,
                Crumb::link("Settings", Route::settings_of(id)),
                Crumb::here(tab.title()),
            ]
        }
        Some(Route::Users) => vec![Crumb::here("Users")],
        Some(Route::Labels) => vec![Crumb::here("Labels")],
        Some(Route::Teams(kind)) => vec![Crumb::here(kind.title())],
        Some(Route::Team(kind, _)) => {
            vec![Crumb::link(kind.title(), Route::Teams(kind).to_string()), Crumb::here(team_name())]
        }
        Some(Route::Login | Route::Link | Route::Setup | Route::Gallery) | None => Vec::new(),
    };
    view! { <Breadcrumb crumbs=Signal::derive(crumbs)/> }
}

fn projects() -> Crumb {
    Crumb::link("Projects", Route::Projects.to_string())
}
