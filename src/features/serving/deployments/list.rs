//! The list of a project's deployments.

use leptos::prelude::*;
use models::deployment::DeploymentInformation;
use models::id::ProjectId;
use models::page::PageQuery;
use models::permission::Action;

use super::super::parts::DeploymentBadge;
use super::create::CreateDeployment;
use crate::queries;
use crate::routes::Route;
use crate::ui::format::NOTHING;
use crate::ui::{Button, Emphasis, Empty, IconName, Link, Listing, SkeletonShape};
use crate::widgets::{
    Loaded, PAGE_SIZE, PagedPanel, ProjectHeader, RelativeTime, UrlHistory, page_title, url_state, why_not,
};

/// All deployments: the state of each, on what it runs, and when it is asked by itself.
#[component]
pub(crate) fn DeploymentList(project: ProjectId) -> impl IntoView {
    page_title(|| "Deployments".to_owned());
    let page = url_state::<u64>("page", UrlHistory::Push);
    let creating = RwSignal::new(false);
    let query = queries::serving::deployments(move || (project, PageQuery::nth(page.get(), PAGE_SIZE)));
    view! {
        <div class="page">
            <ProjectHeader project actions=move || view! { <AddButton project open=creating/> }/>
            <Loaded query shape=SkeletonShape::Rows count=6 let:found>
                <PagedPanel found title="Deployments" page nothing=move || view! { <Nothing project open=creating/> }>
                    <Listing headings=&["Name", "State", "Connection", "Schedule", "Changed"]>
                        {move || found.get().items.iter().cloned().map(|deployment| view! { <Row project deployment/> }).collect_view()}
                    </Listing>
                </PagedPanel>
            </Loaded>
            <CreateDeployment project open=creating/>
        </div>
    }
}

#[component]
fn Row(project: ProjectId, deployment: DeploymentInformation) -> impl IntoView {
    let connection = deployment.connection.map(|connection| connection.connection_name);
    let schedule = deployment.schedule_sentence.unwrap_or_else(|| NOTHING.to_owned());
    view! {
        <tr>
            <th scope="row"><Link href=Route::Deployment(project, deployment.deployment_id).to_string()>{deployment.name}</Link></th>
            <td><DeploymentBadge status=Signal::stored(deployment.status)/></td>
            <td>{connection.unwrap_or_else(|| NOTHING.to_owned())}</td>
            <td>{schedule} {deployment.paused.then(|| view! { <span class="small faint">"paused"</span> })}</td>
            <td><RelativeTime at=Signal::stored(Some(deployment.updated_at))/></td>
        </tr>
    }
}

#[component]
fn AddButton(project: ProjectId, open: RwSignal<bool>) -> impl IntoView {
    let why_not = why_not(project, Action::DeployModels);
    view! {
        <Button emphasis=Emphasis::Primary icon=IconName::Plus disabled_reason=why_not on_click=move |_| open.set(true)>
            "Add deployment"
        </Button>
    }
}

#[component]
fn Nothing(project: ProjectId, open: RwSignal<bool>) -> impl IntoView {
    let text = "Where a saved model answers, by what connection, and when it is asked by itself. A deployment leads back to its model, run and data.";
    view! {
        <Empty icon=IconName::Rocket title="No deployments yet" text>
            <AddButton project open/>
        </Empty>
    }
}
