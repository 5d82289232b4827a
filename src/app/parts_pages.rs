//! The pages of each part of the console. A page of another part is none.

use leptos::prelude::*;

use super::parts::About;
use crate::features::{
    administration, home, launch, project_settings, projects, repositories, runs, schedules, serving,
    settings, teams,
};
use crate::routes::{ProjectSettingsTab, Route, RunTab};

/// Home, the projects, their dashboards, and what they own.
pub(super) fn project_page((page, _): About) -> AnyView {
    if let Route::Project(project) = page {
        return view! { <projects::ProjectDashboard project/> }.into_any();
    }
    if let Route::Repositories(project, kind) = page {
        return view! { <repositories::RepositoryList project kind/> }.into_any();
    }
    if let Route::Repository(project, kind, id) = page {
        return view! { <repositories::RepositoryPage project kind id/> }.into_any();
    }
    if let Route::SavedModels(project) = page {
        return view! { <serving::SavedModelList project/> }.into_any();
    }
    if let Route::SavedModel(project, model) = page {
        return view! { <serving::SavedModelPage project model/> }.into_any();
    }
    if let Route::Deployments(project) = page {
        return view! { <serving::DeploymentList project/> }.into_any();
    }
    if let Route::Deployment(project, deployment) = page {
        return view! { <serving::DeploymentPage project deployment/> }.into_any();
    }
    if let Route::Schedules(project) = page {
        return view! { <schedules::ScheduleList project/> }.into_any();
    }
    if let Route::Schedule(project, schedule) = page {
        return view! { <schedules::SchedulePage project schedule/> }.into_any();
    }
    if page == Route::Projects {
        return view! { <projects::ProjectList/> }.into_any();
    }
    view! { <home::Home/> }.into_any()
}

/// The form that starts a run.
pub(super) fn launch_page((page, _): About) -> AnyView {
    let Route::Launch(project) = page else { return ().into_any() };
    view! { <launch::LaunchRun project/> }.into_any()
}

/// The pages of a run, and the one where runs are compared.
pub(super) fn run_page((page, route): About) -> AnyView {
    if let Route::Compare(project) = page {
        return view! { <runs::CompareRuns project/> }.into_any();
    }
    let Route::Run(project, run, _) = page else { return ().into_any() };
    view! { <runs::Run project run tab=run_tab(route)/> }.into_any()
}

/// The tab of the run on screen; on the way to another page that of the page that is left.
fn run_tab(route: Signal<Option<Route>>) -> Memo<RunTab> {
    Memo::new(move |before: Option<&RunTab>| match route.get() {
        Some(Route::Run(.., tab)) => tab,
        Some(_) | None => before.copied().unwrap_or_default(),
    })
}

/// Settings of projects and people, groups and organizations, administration.
pub(super) fn management_page((page, route): About) -> AnyView {
    if let Route::Settings(page) = page {
        return view! { <settings::Settings page/> }.into_any();
    }
    if let Route::ProjectSettings(project, _) = page {
        return view! { <project_settings::ProjectSettings project tab=settings_tab(route)/> }.into_any();
    }
    if let Route::Teams(kind) = page {
        return view! { <teams::TeamList kind/> }.into_any();
    }
    if let Route::Team(kind, id) = page {
        return view! { <teams::TeamPage kind id/> }.into_any();
    }
    if page == Route::Labels {
        return view! { <administration::Labels/> }.into_any();
    }
    if page != Route::Users {
        return ().into_any();
    }
    view! { <administration::Users/> }.into_any()
}

/// The settings on screen; on the way to another page those of the page that is left.
fn settings_tab(route: Signal<Option<Route>>) -> Memo<ProjectSettingsTab> {
    Memo::new(move |before: Option<&ProjectSettingsTab>| match route.get() {
        Some(Route::ProjectSettings(_, tab)) => tab,
        Some(_) | None => before.copied().unwrap_or_default(),
    })
}
