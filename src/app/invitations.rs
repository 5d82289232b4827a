//! The invitations that wait for the person who is signed in.

use leptos::prelude::*;
use models::id::UserId;
use models::invitation::{Invitation, InvitationTarget};
use models::page::Page;
use models::team::TeamKind;

use super::later::{self, Later};
use crate::queries::{self, invitations::Reply};
use crate::routes::Route;
use crate::session::Session;
use crate::ui::{
    Count, Emphasis, Fetched, FetchedWhen, IconName, Lasting, Menu, MenuItem, MenuLink, MenuSeparator,
    MenuTitle, Toasts,
};
use crate::widgets::RelativeTime;

/// A bell with their number; its menu says to what each invites, and takes the answer.
#[component]
pub(super) fn InvitationsMenu(
    /// Becomes true when what the page is about has been asked for.
    at_rest: RwSignal<bool>,
) -> impl IntoView {
    let count = RwSignal::new(0_u64);
    let label = Signal::derive(move || match count.get() {
        0 => "Invitations".to_owned(),
        1 => "1 invitation waits for you".to_owned(),
        n => format!("{n} invitations wait for you"),
    });
    // Answers go on when the menu closes.
    let answer = Lasting::default();
    view! {
        <span class="bell">
            <Menu label icon=IconName::Bell icon_only=true emphasis=Emphasis::Ghost>
                <Fetched fetch=later::FETCH about=Later::Invitations(answer)/>
                <MenuSeparator/>
                {TeamKind::ALL.map(|kind| view! {
                    <MenuLink href=Route::Teams(kind).to_string() icon=icon(kind)>"Your " {kind.title().to_lowercase()}</MenuLink>
                }).collect_view()}
            </Menu>
            {move || (count.get() > 0).then(|| view! { <span class="bell-count" aria-hidden="true"><Count value=count/></span> })}
            <FetchedWhen fetch=later::FETCH about=Later::CountInvitations(count) wanted=at_rest on_failure=|()| ()/>
        </span>
    }
}

/// Keeps the number of invitations up to date.
#[component]
pub(super) fn CountInvitations(count: RwSignal<u64>) -> impl IntoView {
    let query = waiting();
    Effect::new(move || count.set(query.value.get().map_or(0, |page| page.total_records)));
}

/// The invitations, each with the two answers.
#[component]
pub(super) fn Invitations(answer: Lasting<Answer>) -> impl IntoView {
    let query = waiting();
    let answer = answer.get_or(|| Callback::new(replying(Session::current())));
    move || {
        let found = query.value.get();
        let items: Vec<_> = found.iter().flat_map(|page| page.items.iter().cloned()).collect();
        if items.is_empty() {
            return view! { <MenuTitle>"No invitation waits for you."</MenuTitle> }.into_any();
        }
        items.into_iter().map(|invitation| view! { <Waiting invitation answer/> }).collect_view().into_any()
    }
}

/// Sends an answer to an invitation.
pub(super) type Answer = Callback<(Invitation, Reply)>;

fn waiting() -> queries::Query<Page<Invitation>> {
    let session = Session::current();
    queries::invitations::waiting(move || session.user().map(|user| user.user_id))
}

/// Sends an answer, and says how it went.
fn replying(session: Session) -> impl Fn((Invitation, Reply)) + Send + Sync + 'static {
    let reply = queries::invitations::reply();
    let said = RwSignal::new(String::new());
    Effect::new(move || match reply.value().get() {
        Some(Ok(())) => Toasts::current().success(said.get_untracked()),
        Some(Err(error)) => {
            Toasts::current().failure(error.to_string(), error.request_id().map(str::to_owned))
        }
        None => {}
    });
    move |(invitation, wanted)| {
        let user: Option<UserId> = session.user().map(|user| user.user_id);
        if let Some(user) = user.filter(|_| !reply.pending().get_untracked()) {
            let (_, name) = target(&invitation);
            said.set(match wanted {
                Reply::Accept => format!("You belong to {name} now."),
                Reply::Reject => format!("The invitation to {name} was rejected."),
            });
            reply.dispatch_local((user, invitation.invitation_id, wanted));
        }
    }
}

/// An invitation: to what, by whom, and the two answers.
#[component]
fn Waiting(invitation: Invitation, answer: Answer) -> impl IntoView {
    let (what, name) = target(&invitation);
    let (by, at) = (invitation.invited_by.name.clone(), invitation.created_at);
    let about = StoredValue::new(format!(" the invitation to {name}"));
    let invitation = StoredValue::new(invitation);
    let send = move |reply| move |()| answer.run((invitation.get_value(), reply));
    view! {
        <MenuTitle>
            <span class="bell-what">{what}</span>
            <span>"from " {by} ", " <RelativeTime at=Some(at)/></span>
        </MenuTitle>
        <MenuItem icon=IconName::Check on_select=send(Reply::Accept)>
            "Accept" <span class="visually-hidden">{about.get_value()}</span>
        </MenuItem>
        <MenuItem icon=IconName::Close on_select=send(Reply::Reject)>
            "Reject" <span class="visually-hidden">{about.get_value()}</span>
        </MenuItem>
    }
}

/// To what somebody is invited, in words, and its name.
fn target(invitation: &Invitation) -> (String, &str) {
    match &invitation.to {
        InvitationTarget::Project { name, role, .. } => {
            (format!("Project {name}, as {}", role.title().to_lowercase()), name)
        }
        InvitationTarget::Group { name, .. } => (format!("Group {name}"), name),
        InvitationTarget::Organization { name, .. } => (format!("Organization {name}"), name),
    }
}

fn icon(kind: TeamKind) -> IconName {
    match kind {
        TeamKind::Groups => IconName::Users,
        TeamKind::Organizations => IconName::Building,
    }
}
