//! The members of a group or an organization.

use std::sync::Arc;

use leptos::prelude::*;
use models::person::User;

use super::standing::Standing;
use super::words::words;
use crate::queries::{self, invitations::InvitedTo, teams::Team, teams::TeamPatch};
use crate::ui::{Badge, Confirm, IconButton, IconName, Panel, Size, Toasts};
use crate::widgets::{InviteButton, Person};

/// Who belongs to it, whom to invite, and whom to take out.
#[component]
pub(super) fn People(team: Signal<Arc<Team>>) -> impl IntoView {
    let (kind, id) = team.with_untracked(|team| (team.kind, team.id));
    let why_not = Standing::of(team).why_not_change();
    let may_change = Memo::new(move |_| why_not.read().is_none());
    let removed = RwSignal::new(None::<User>);
    let lead = Memo::new(move |_| team.read().lead.clone());
    let members = move || team.read().members.clone();
    let title = Signal::derive(move || match team.read().members.len() + 1 {
        1 => "1 member".to_owned(),
        n => format!("{n} members"),
    });
    let actions = move || view! { <InviteButton to=InvitedTo::Team(kind, id) why_not/> };
    let leads = words(kind).lead;
    view! {
        <Panel title actions flush=true>
            <ul>
                {move || view! {
                    <li class="people-row">
                        <Who user=lead.get()/>
                        <span class="people-end"><Badge>{leads}</Badge></span>
                    </li>
                }}
                <For each=members key=|member| member.user_id let:user>
                    <li class="people-row">
                        <Who user=user.clone()/>
                        {move || may_change.get().then(|| view! { <RemoveButton user=user.clone() removed/> })}
                    </li>
                </For>
            </ul>
        </Panel>
        <Remove team removed/>
    }
}

#[component]
fn Who(user: User) -> impl IntoView {
    view! {
        <span class="people-who">
            <Person name=user.name/>
            {user.email.map(|email| view! { <span class="small faint">{email}</span> })}
        </span>
    }
}

#[component]
fn RemoveButton(user: User, removed: RwSignal<Option<User>>) -> impl IntoView {
    let label = format!("Remove {}", user.name);
    view! {
        <span class="people-end">
            <IconButton
                label
                icon=IconName::Trash
                size=Size::Small
                on_click=move |_| removed.set(Some(user.clone()))
            />
        </span>
    }
}

/// Asks before somebody is taken out.
#[component]
fn Remove(team: Signal<Arc<Team>>, removed: RwSignal<Option<User>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let change = queries::teams::change();
    Effect::new(move || {
        if removed.read().is_some() {
            change.clear();
            open.set(true);
        }
    });
    Effect::new(move || {
        if matches!(*change.value().read(), Some(Ok(()))) {
            open.set(false);
            Toasts::current().success("Removed.");
        }
    });
    let error = Signal::derive(move || Some(change.value().get()?.err()?.to_string()));
    let name = move || removed.get().map_or_else(String::new, |user| user.name);
    let send = move |()| {
        let Some(removed) = removed.get_untracked() else { return };
        let team = team.get_untracked();
        let others = team.members.iter().map(|member| member.user_id).filter(|id| *id != removed.user_id);
        let patch = TeamPatch { members: Some(others.collect()), ..TeamPatch::default() };
        change.dispatch_local((team.kind, team.id, team.version, patch));
    };
    let one = words(team.with_untracked(|team| team.kind)).one;
    view! {
        <Confirm
            open
            title=Signal::derive(move || format!("Remove {}?", name()))
            action="Remove"
            busy=change.pending()
            error
            on_confirm=send
        >
            <p>{format!("The roles that came through this {one} end.")}</p>
        </Confirm>
    }
}
