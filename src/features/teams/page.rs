//! The page of a group or an organization.

use std::sync::Arc;

use leptos::prelude::*;
use models::team::TeamKind;
use uuid::Uuid;

use super::groups::Groups;
use super::menu::TeamMenu;
use super::people::People;
use super::rename::RenameButton;
use super::standing::Standing;
use super::words::{people, words};
use crate::queries::{self, invitations::InvitedTo, teams::Team};
use crate::ui::{Fact, KeyValue, PageHeader, Panel, SkeletonShape};
use crate::widgets::{Loaded, Named, PendingInvitations, Person, page_name, page_title};

/// Who belongs to a group or an organization, and what its lead can do with it.
#[component]
pub(crate) fn TeamPage(kind: TeamKind, id: Uuid) -> impl IntoView {
    let query = queries::teams::get(move || (kind, id));
    let title = Signal::derive(move || {
        query.value.get().map_or_else(|| kind.title().to_owned(), |team| team.name.clone())
    });
    page_title(move || title.get());
    page_name(move || query.value.get().map(|team| Named::alone(&team.name)));
    // A memo, so that a newer answer does not make the dialogs anew that are open.
    let known = Memo::new(move |_| query.value.read().is_some());
    let actions = move || {
        move || {
            let first = known.get().then(|| query.value.get_untracked()).flatten();
            first.map(|first| view! { <Actions team=latest(query.value, first)/> })
        }
    };
    view! {
        <div class="page">
            <PageHeader title actions/>
            <Loaded query shape=SkeletonShape::Cards count=2 let:team>
                <Content team/>
            </Loaded>
        </div>
    }
}

/// The team as it is now; it stays as it was last when it is gone.
fn latest(value: Signal<Option<Arc<Team>>>, first: Arc<Team>) -> Signal<Arc<Team>> {
    Memo::new(move |before: Option<&Arc<Team>>| {
        value.get().or_else(|| before.cloned()).unwrap_or_else(|| Arc::clone(&first))
    })
    .into()
}

#[component]
fn Actions(team: Signal<Arc<Team>>) -> impl IntoView {
    view! { <RenameButton team/> <TeamMenu team/> }
}

#[component]
fn Content(team: Signal<Arc<Team>>) -> impl IntoView {
    let (kind, id) = team.with_untracked(|team| (team.kind, team.id));
    let why_not = Standing::of(team).why_not_change();
    let may_invite = Memo::new(move |_| why_not.read().is_none());
    view! {
        <div class="split">
            <div class="stack">
                <People team/>
                {(kind == TeamKind::Organizations).then(|| view! { <Groups team/> })}
                <PendingInvitations to=InvitedTo::Team(kind, id) may_invite/>
            </div>
            <About team/>
        </div>
    }
}

#[component]
fn About(team: Signal<Arc<Team>>) -> impl IntoView {
    let words = words(team.with_untracked(|team| team.kind));
    let lead = move || view! { <Person name=team.read().lead.name.clone()/> };
    view! {
        <Panel title="About">
            <div class="stack">
                <KeyValue>
                    <Fact name=words.lead>{lead}</Fact>
                    <Fact name="Size">{move || people(team.read().n_people())}</Fact>
                </KeyValue>
                <p class="small muted">{words.about}</p>
            </div>
        </Panel>
    }
}
