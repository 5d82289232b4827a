//! The states that a deployment came to.

use leptos::prelude::*;
use models::deployment::DeploymentEvent;
use models::id::{DeploymentId, ProjectId};
use models::page::PageQuery;
use models::permission::Action;

use super::super::super::parts::DeploymentBadge;
use crate::queries;
use crate::ui::{Listing, SkeletonShape};
use crate::widgets::{Loaded, PAGE_SIZE, PagedPanel, Person, RelativeTime, UrlHistory, url_state, why_not};

/// The states of a deployment, the last one first; nothing for those who may not deploy.
#[component]
pub(in super::super) fn History(project: ProjectId, deployment: DeploymentId) -> impl IntoView {
    let page = url_state::<u64>("page", UrlHistory::Push);
    let may_not = why_not(project, Action::ReadPredictions);
    let may = Memo::new(move |_| may_not.read().is_none());
    let query = queries::serving::deployment_history(move || {
        may.get().then(|| (project, deployment, PageQuery::nth(page.get(), PAGE_SIZE)))
    });
    view! {
        <Show when=move || may.get()>
            <Loaded query shape=SkeletonShape::Rows count=3 let:found>
                <PagedPanel found title="History" page nothing=|| ()>
                    <Listing headings=&["State", "Time", "Who", "Why"]>
                        {move || found.get().items.iter().cloned().map(|event| view! { <Row event/> }).collect_view()}
                    </Listing>
                </PagedPanel>
            </Loaded>
        </Show>
    }
}

#[component]
fn Row(event: DeploymentEvent) -> impl IntoView {
    let who = match event.person {
        Some(name) => view! { <Person name/> }.into_any(),
        None => view! { <span class="faint">"The server"</span> }.into_any(),
    };
    let why = event.reason.map(|reason| reason.lines().next().unwrap_or_default().to_owned());
    view! {
        <tr>
            <td><DeploymentBadge status=Signal::stored(event.status)/></td>
            <td><RelativeTime at=Signal::stored(Some(event.at))/></td>
            <td>{who}</td>
            <td class="deployment-why small">{why}</td>
        </tr>
    }
}
