//! The top of every page of a project.

use leptos::prelude::*;
use models::id::ProjectId;
use models::repository::RepositoryKind;

use super::LabelList;
use crate::queries::{self, ApiError};
use crate::routes::Route;
use crate::ui::{Badge, IconName, PageHeader, TabLink, TabLinks};

/// The project's name, whether everybody may see it, and its tabs.
#[component]
pub fn ProjectHeader(
    /// The project.
    project: ProjectId,
    /// What can be done with it.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
) -> impl IntoView {
    let query = queries::projects::brief(move || Some(project));
    let title = Signal::derive(move || {
        query.value.get().map_or_else(|| "Project".to_owned(), |project| project.name.clone())
    });
    let about = Signal::derive(move || {
        let summary = query.value.get()?.executive_summary.clone();
        (!summary.is_empty()).then_some(summary)
    });
    let public = Memo::new(move |_| query.value.get().map(|project| project.public));
    let runs = Signal::derive(move || Some(query.value.get()?.run_counts.total()));
    let labels =
        Signal::derive(move || query.value.get().map_or_else(Vec::new, |project| project.labels.clone()));
    let missing = Memo::new(move |_| matches!(*query.error.read(), Some(ApiError::NotFound)));
    view! {
        <PageHeader title about beside=move || view! { <Visibility public/> <LabelList labels/> } nostrip:actions=actions/>
        {move || (!missing.get()).then(|| view! {
            <TabLinks label="Project">
                <TabLink href=Route::Project(project).to_string() exact=true>"Overview"</TabLink>
                <TabLink href=Route::Runs(project).to_string() count=runs>"Runs"</TabLink>
                {RepositoryKind::ALL.map(|kind| view! {
                    <TabLink
                        href=Route::Repositories(project, kind).to_string()
                        except=Route::SavedModels(project).to_string()
                    >
                        {kind.title()}
                    </TabLink>
                }).collect_view()}
                <TabLink href=Route::SavedModels(project).to_string()>"Saved models"</TabLink>
                <TabLink href=Route::Deployments(project).to_string()>"Deployments"</TabLink>
                <TabLink href=Route::Schedules(project).to_string()>"Schedules"</TabLink>
                <TabLink href=Route::settings_of(project)>"Settings"</TabLink>
            </TabLinks>
        })}
    }
}

#[component]
fn Visibility(public: Memo<Option<bool>>) -> impl IntoView {
    move || {
        public.get().map(|public| match public {
            true => view! { <Badge icon=IconName::Globe>"Public"</Badge> },
            false => view! { <Badge icon=IconName::Lock>"Private"</Badge> },
        })
    }
}
