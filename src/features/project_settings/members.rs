//! Who may do what in a project.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::permission::{Action, Role};
use models::project::Project;

use super::access::Access;
use super::give_role::GiveRole;
use super::grants::{Grant, grants};
use super::hand_over::HandOverButton;
use super::member_row::MemberRow;
use crate::queries::{self, invitations::InvitedTo};
use crate::ui::{Badge, Confirm, Panel, Toasts};
use crate::widgets::{InviteButton, PendingInvitations, Person};

/// The people, groups and organizations with a role, those who were invited, and who may see the project and why.
#[component]
pub(super) fn Members(project: Signal<Arc<Project>>) -> impl IntoView {
    let id = project.read_untracked().project_id;
    let why_not = Signal::derive(move || project.read().current_user_role.why_not(Action::ManageMembers));
    let may_invite = Memo::new(move |_| why_not.read().is_none());
    view! {
        <div class="stack">
            <Given project why_not/>
            <PendingInvitations to=InvitedTo::Project(id) may_invite/>
            <Access project/>
        </div>
    }
}

#[component]
fn Given(project: Signal<Arc<Project>>, why_not: Signal<Option<String>>) -> impl IntoView {
    let id = project.read_untracked().project_id;
    let may_change = Memo::new(move |_| why_not.read().is_none());
    let removed = RwSignal::new(None::<Grant>);
    let rows = move || grants(&project.read());
    let actions = move || {
        view! {
            <HandOverButton project why_not/>
            <GiveRole project why_not/>
            <InviteButton to=InvitedTo::Project(id) why_not/>
        }
    };
    view! {
        <Panel title="Members" actions flush=true>
            <ul>
                <Owner project/>
                <For each=rows key=|grant| grant.grantee let:grant>
                    <MemberRow project grant may_change on_remove=move |grant| removed.set(Some(grant))/>
                </For>
            </ul>
            {move || why_not.get().map(|why_not| view! { <p class="list-note small">{why_not}</p> })}
        </Panel>
        <Remove project=id removed/>
    }
}

#[component]
fn Owner(project: Signal<Arc<Project>>) -> impl IntoView {
    let owner = Memo::new(move |_| project.read().owner.clone());
    move || {
        let owner = owner.get();
        view! {
            <li class="people-row">
                <span class="people-who">
                    <Person name=owner.name/>
                    {owner.email.map(|email| view! { <span class="small faint">{email}</span> })}
                </span>
                <span class="people-end"><Badge>{Role::Owner.title()}</Badge></span>
            </li>
        }
    }
}

/// Asks before a role is taken away.
#[component]
fn Remove(project: ProjectId, removed: RwSignal<Option<Grant>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let revoke = queries::members::revoke();
    Effect::new(move || {
        if removed.read().is_some() {
            revoke.clear();
            open.set(true);
        }
    });
    Effect::new(move || {
        if matches!(*revoke.value().read(), Some(Ok(()))) {
            open.set(false);
            Toasts::current().success("Removed from the project.");
        }
    });
    let name = move || removed.get().map_or_else(String::new, |grant| grant.name);
    let error = Signal::derive(move || Some(revoke.value().get()?.err()?.to_string()));
    let send = move |()| {
        if let Some(grant) = removed.get_untracked() {
            revoke.dispatch_local((project, grant.grantee));
        }
    };
    view! {
        <Confirm
            open
            title=Signal::derive(move || format!("Remove {}?", name()))
            action="Remove"
            busy=revoke.pending()
            error
            on_confirm=send
        >
            <p>{move || removed.get().map(|grant| grant.loss())}</p>
        </Confirm>
    }
}
