//! Invitations that wait for an answer.

use leptos::prelude::*;
use models::invitation::{Invitation, InvitationTarget};

use super::loaded::Loaded;
use super::outcome::tell_outcome;
use super::person::Person;
use super::relative_time::RelativeTime;
use crate::queries::{self, invitations::InvitedTo};
use crate::ui::{Badge, Button, Icon, IconName, Panel, Size};

/// Who was invited to something and has not answered yet. Shown to those alone who may invite.
#[component]
pub fn PendingInvitations(
    /// To what.
    to: InvitedTo,
    /// Whether the person may invite.
    #[prop(into)]
    may_invite: Signal<bool>,
) -> impl IntoView {
    // The question belongs to the panel: who may not invite must not ask it.
    move || may_invite.get().then(|| view! { <PendingPanel to/> })
}

#[component]
fn PendingPanel(to: InvitedTo) -> impl IntoView {
    let query = queries::invitations::list(move || to);
    let withdraw = queries::invitations::withdraw();
    tell_outcome(withdraw, "The invitation was withdrawn.");
    let take_back = Callback::new(move |invitation: Invitation| {
        if !withdraw.pending().get_untracked() {
            withdraw.dispatch_local((to, invitation.invitation_id));
        }
    });
    view! {
        <Panel title="Invitations that wait" flush=true>
            <Loaded query count=1 let:found>
                {move || match found.read().items.is_empty() {
                    true => view! { <p class="list-note">"Nobody has an open invitation."</p> }.into_any(),
                    false => {
                        let row = |invitation| view! { <Pending invitation take_back/> };
                        let rows = found.get().items.iter().cloned().map(row).collect_view();
                        view! { <ul>{rows}</ul> }.into_any()
                    }
                }}
            </Loaded>
        </Panel>
    }
}

#[component]
fn Pending(invitation: Invitation, take_back: Callback<Invitation>) -> impl IntoView {
    let role = match invitation.to {
        InvitationTarget::Project { role, .. } => Some(view! { <Badge>{role.title()}</Badge> }),
        InvitationTarget::Group { .. } | InvitationTarget::Organization { .. } => None,
    };
    let (by, expires_at) = (invitation.invited_by.name.clone(), invitation.expires_at);
    let who = match (&invitation.user, &invitation.email) {
        (Some(user), _) => view! { <Person name=user.name.clone()/> }.into_any(),
        (None, email) => {
            let address = email.clone().unwrap_or_default();
            view! { <span class="person"><Icon name=IconName::Mail/> <span class="truncate">{address}</span></span> }
                .into_any()
        }
    };
    let invitation = StoredValue::new(invitation);
    view! {
        <li class="people-row">
            <span class="people-who">
                {who}
                <span class="small faint">"invited by " {by} ", ends " <RelativeTime at=Some(expires_at)/></span>
            </span>
            <span class="people-end">
                {role}
                <Button size=Size::Small on_click=move |_| take_back.run(invitation.get_value())>"Withdraw"</Button>
            </span>
        </li>
    }
}
