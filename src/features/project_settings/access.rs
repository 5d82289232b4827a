//! Who may see a project, and why.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::page::PageQuery;
use models::permission::Action;
use models::project::Project;
use models::project_access::{AccessKind, AccessWay, ProjectAccess};

use crate::queries;
use crate::ui::{Badge, Pagination, Panel, SkeletonShape};
use crate::widgets::{Loaded, PAGE_SIZE, Person, UrlHistory, stay_within, url_state};

/// Each person who has a role in the project, the role that counts, and every way by which she has one.
#[component]
pub(super) fn Access(project: Signal<Arc<Project>>) -> impl IntoView {
    let id = project.read_untracked().project_id;
    let why_not = Memo::new(move |_| project.read().current_user_role.why_not(Action::ViewAccess));
    let public = Memo::new(move |_| project.read().public);
    view! {
        <Panel title="Who can see this, and why" flush=true>
            {move || public.get().then(|| view! {
                <p class="list-note">"The project is public: everybody who signs in can read it. Listed are those who have a role of their own."</p>
            })}
            {move || match why_not.get() {
                Some(why_not) => view! { <p class="list-note">{why_not}</p> }.into_any(),
                None => view! { <People project=id/> }.into_any(),
            }}
        </Panel>
    }
}

/// Those who have a role, a page of them.
#[component]
fn People(project: ProjectId) -> impl IntoView {
    let page = url_state::<u64>("page", UrlHistory::Push);
    let query = queries::members::access(move || (project, PageQuery::nth(page.get(), PAGE_SIZE)));
    view! {
        <Loaded query shape=SkeletonShape::Rows count=3 let:found>
            <ul>{move || found.get().items.iter().cloned().map(|access| view! { <Line access/> }).collect_view()}</ul>
            {
                let total = Memo::new(move |_| found.read().total_records);
                stay_within(page, total.into(), PAGE_SIZE);
                move || {
                    let total = total.get();
                    (total > PAGE_SIZE).then(|| view! { <Pagination page size=PAGE_SIZE total/> })
                }
            }
        </Loaded>
    }
}

#[component]
fn Line(access: ProjectAccess) -> impl IntoView {
    let ways = access.ways.iter().map(|way| view! { <li>{words(way)}</li> }).collect_view();
    view! {
        <li class="people-row">
            <span class="people-who">
                <Person name=access.user.name/>
                {access.user.email.map(|email| view! { <span class="small faint">{email}</span> })}
            </span>
            <ul class="access-ways">{ways}</ul>
            <span class="people-end"><Badge>{access.role.title()}</Badge></span>
        </li>
    }
}

/// A way by which somebody has a role.
fn words(way: &AccessWay) -> String {
    let role = way.role.title();
    let group = way.group.as_ref().map(|group| group.name.as_str()).unwrap_or_default();
    let organization = way.organization.as_ref().map(|found| found.name.as_str()).unwrap_or_default();
    match way.kind {
        AccessKind::Owner => "Owns the project".to_owned(),
        AccessKind::Direct => format!("{role}, given to the person"),
        AccessKind::Group => format!("{role}, through the group {group}"),
        AccessKind::Organization => format!("{role}, through the organization {organization}"),
        AccessKind::GroupOfOrganization => {
            format!("{role}, through the group {group} of the organization {organization}")
        }
        AccessKind::Public => format!("{role}, as everybody: the project is public"),
        AccessKind::Administrator => format!("{role}, as an administrator of the server"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::id::UserGroupId;
    use models::permission::Role;
    use models::project_access::AccessGroup;

    #[test]
    fn a_way_names_what_it_leads_through() {
        let group = AccessGroup { user_group_id: UserGroupId(uuid::Uuid::nil()), name: "Lab".to_owned() };
        let way = AccessWay {
            kind: AccessKind::Group,
            role: Role::Reporter,
            group: Some(group),
            organization: None,
        };
        assert_eq!(words(&way), "Reporter, through the group Lab");
    }
}
