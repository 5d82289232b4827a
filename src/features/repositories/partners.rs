//! What the runs that used a thing used besides.

use leptos::prelude::*;
use models::experiment::LifecycleStage;
use models::id::ProjectId;
use models::query::{Field, Filter, RunQuery};
use models::repository::RepositoryKind;
use models::run_table::{Group, GroupKey, GroupPageRequest};
use uuid::Uuid;

use crate::queries;
use crate::routes::Route;
use crate::ui::{Count, Icon, Link, Panel};
use crate::widgets::{Loaded, StatusBar};

/// Partners of a kind that are listed.
const SHOWN: u64 = 5;

/// For each other kind the things that were used together with this one, the ones used last first.
#[component]
pub(super) fn Partners(project: ProjectId, kind: RepositoryKind, id: Uuid) -> impl IntoView {
    let others = RepositoryKind::ALL.into_iter().filter(|other| *other != kind);
    let sections = others.map(|other| view! { <PartnersOf project kind id other/> }).collect_view();
    view! {
        <Panel title="Used together with">
            <div class="belongings">{sections}</div>
        </Panel>
    }
}

#[component]
fn PartnersOf(project: ProjectId, kind: RepositoryKind, id: Uuid, other: RepositoryKind) -> impl IntoView {
    let query = queries::runs::groups(move || Some((project, request(kind, id, other))));
    let word = super::words::words(other);
    view! {
        <section class="belonging">
            <h3>
                <Icon name=word.icon/>
                <span>{other.title()}</span>
                {move || query.value.get().map(|page| view! { <Count value=page.total/> })}
            </h3>
            <Loaded query count=1 let:page>
                <ul>
                    {move || {
                        let partner = |group: &Group| view! { <Partner project kind id other group=group.clone()/> };
                        page.read().groups.iter().map(partner).collect_view()
                    }}
                </ul>
            </Loaded>
        </section>
    }
}

/// The runs of the thing, grouped by what they used of the other kind.
fn request(kind: RepositoryKind, id: Uuid, other: RepositoryKind) -> GroupPageRequest {
    let keys = [kind, other].map(|kind| Field::Attribute(kind.attribute()));
    let within = GroupKey { field: Field::Attribute(kind.attribute()), value: Some(id.to_string()) };
    GroupPageRequest {
        query: RunQuery { group_by: keys.to_vec(), ..RunQuery::default() },
        within: vec![within],
        offset: 0,
        limit: SHOWN,
        lifecycle_stage: LifecycleStage::Active,
    }
}

/// A partner; leads to the runs with both.
#[component]
fn Partner(
    project: ProjectId,
    kind: RepositoryKind,
    id: Uuid,
    other: RepositoryKind,
    group: Group,
) -> impl IntoView {
    let equals = |kind: RepositoryKind, id| Filter::equals(Field::Attribute(kind.attribute()), id);
    let both = Filter::And(vec![equals(kind, Some(id.to_string())), equals(other, group.key.value.clone())]);
    let href = Route::runs_where(project, &both.to_string());
    let title = group.title.unwrap_or_else(|| "none".to_owned());
    view! {
        <li class="partner">
            <Link href>{title}</Link>
            <StatusBar counts=group.runs bare=true/>
            <span class="small faint">{group.runs.total()}</span>
        </li>
    }
}
