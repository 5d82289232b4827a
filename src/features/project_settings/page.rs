//! The frame of a project's settings: their pages at the left, the one that is open beside them.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::project::Project;

use super::danger::Danger;
use super::general::General;
use super::members::Members;
use crate::queries::{self, Query};
use crate::routes::{ProjectSettingsTab, Route};
use crate::ui::SkeletonShape;
use crate::widgets::{Loaded, ProjectHeader, page_title};

/// A project's settings.
#[component]
pub(crate) fn ProjectSettings(project: ProjectId, tab: Memo<ProjectSettingsTab>) -> impl IntoView {
    let query = queries::projects::get(move || project);
    page_title(move || {
        let name = query.value.get().map(|project| project.name.clone());
        format!("{} · {}", tab.get().title(), name.unwrap_or_else(|| "Settings".to_owned()))
    });
    view! {
        <div class="page">
            <ProjectHeader project/>
            <Loaded query shape=SkeletonShape::Cards count=2 let:shown>
                <div class="project-settings">
                    <nav class="project-settings-nav" aria-label="Settings">
                        {ProjectSettingsTab::ALL.map(|own| view! { <TabOf project own tab/> }).collect_view()}
                    </nav>
                    <Open query project=shown tab/>
                </div>
            </Loaded>
        </div>
    }
}

#[component]
fn TabOf(project: ProjectId, own: ProjectSettingsTab, tab: Memo<ProjectSettingsTab>) -> impl IntoView {
    view! {
        <a
            class="project-settings-link"
            href=Route::ProjectSettings(project, own).to_string()
            aria-current=move || (tab.get() == own).then_some("page")
        >
            {own.title()}
        </a>
    }
}

/// The page that is open. What is general stays behind the others, so that nothing typed there is lost.
#[component]
fn Open(
    query: Query<Project>,
    project: Signal<Arc<Project>>,
    tab: Memo<ProjectSettingsTab>,
) -> impl IntoView {
    let other = move || match tab.get() {
        ProjectSettingsTab::General => ().into_any(),
        ProjectSettingsTab::Members => view! { <Members project/> }.into_any(),
        ProjectSettingsTab::Danger => view! { <Danger query project/> }.into_any(),
    };
    view! {
        <div class="project-settings-page">
            <div hidden=move || tab.get() != ProjectSettingsTab::General><General query project/></div>
            {other}
        </div>
    }
}
