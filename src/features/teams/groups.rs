//! The groups of an organization.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::UserGroupId;
use models::person::UserGroup;
use models::team::TeamKind;

use super::add_group::AddGroup;
use super::standing::Standing;
use super::words::people;
use crate::queries::{
    self,
    teams::{Team, TeamPatch},
};
use crate::routes::Route;
use crate::ui::{Button, Icon, IconName, Link, Panel, Size};
use crate::widgets::tell_outcome;

/// The groups whose members belong to the organization.
#[component]
pub(super) fn Groups(team: Signal<Arc<Team>>) -> impl IntoView {
    let why_not = Standing::of(team).why_not_change();
    let may_change = Memo::new(move |_| why_not.read().is_none());
    let change = queries::teams::change();
    tell_outcome(change, "The group was taken out.");
    let remove = Callback::new(move |id: UserGroupId| {
        let team = team.get_untracked();
        let others = team.groups.iter().map(|group| group.user_group_id).filter(|other| *other != id);
        let patch = TeamPatch { groups: Some(others.collect()), ..TeamPatch::default() };
        if !change.pending().get_untracked() {
            change.dispatch_local((team.kind, team.id, team.version, patch));
        }
    });
    let actions = move || view! { <AddGroup team why_not/> };
    view! {
        <Panel title="Groups" actions flush=true>
            {move || match team.read().groups.is_empty() {
                true => view! { <p class="list-note">"It has no groups yet. The members of its groups belong to it, too."</p> }.into_any(),
                false => {
                    let row = |group| view! { <Row group may_change remove/> };
                    let rows = team.get().groups.iter().cloned().map(row).collect_view();
                    view! { <ul>{rows}</ul> }.into_any()
                }
            }}
        </Panel>
    }
}

#[component]
fn Row(group: UserGroup, may_change: Memo<bool>, remove: Callback<UserGroupId>) -> impl IntoView {
    let id = group.user_group_id;
    let about = people(Team::from(group.clone()).n_people());
    let take_out = move || {
        let press = move |_| remove.run(id);
        view! { <span class="people-end"><Button size=Size::Small on_click=press>"Take out"</Button></span> }
    };
    view! {
        <li class="people-row">
            <span class="team-name">
                <Icon name=IconName::Users/>
                <Link href=Route::Team(TeamKind::Groups, id.0).to_string()>{group.name}</Link>
                <span class="small faint">{about}</span>
            </span>
            {move || may_change.get().then(take_out)}
        </li>
    }
}
