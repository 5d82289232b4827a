//! What is seldom done with a group or an organization: handing it over, leaving it, deleting it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use models::team::TeamKind;

use super::standing::Standing;
use super::words::words;
use crate::queries::{
    self, Write,
    teams::{Team, TeamPatch},
};
use crate::routes::Route;
use crate::ui::{Confirm, IconName, Menu, MenuItem, Toasts};
use crate::widgets::HandOver;

/// The menu, and what each of its items asks.
#[component]
pub(super) fn TeamMenu(team: Signal<Arc<Team>>) -> impl IntoView {
    let standing = Standing::of(team);
    let (handing_over, leaving, deleting) =
        (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let (why_not_change, why_not_leave) = (standing.why_not_change(), standing.why_not_leave());
    let why_not_hand_over = Signal::derive(move || {
        let nobody = || "There is nobody to hand it over to. Invite somebody first.".to_owned();
        why_not_change.get().or_else(|| team.read().members.is_empty().then(nobody))
    });
    view! {
        <Menu label="More" icon=IconName::More icon_only=true>
            <MenuItem icon=IconName::User disabled_reason=why_not_hand_over on_select=move |()| handing_over.set(true)>"Hand over"</MenuItem>
            <MenuItem icon=IconName::SignOut disabled_reason=why_not_leave on_select=move |()| leaving.set(true)>"Leave"</MenuItem>
            <MenuItem icon=IconName::Trash danger=true disabled_reason=why_not_change on_select=move |()| deleting.set(true)>"Delete"</MenuItem>
        </Menu>
        <HandOverTeam team open=handing_over/>
        <Leave team open=leaving/>
        <Delete team open=deleting/>
    }
}

#[component]
fn HandOverTeam(team: Signal<Arc<Team>>, open: RwSignal<bool>) -> impl IntoView {
    let change = queries::teams::change();
    Effect::new(move || {
        if matches!(*change.value().read(), Some(Ok(()))) {
            open.set(false);
            Toasts::current().success("Handed over.");
        }
    });
    view! {
        <HandOver
            open
            title=Signal::derive(move || format!("Hand {} over?", team.read().name))
            text="Who leads it until now stays a member, and can no longer change it."
            people=Signal::derive(move || team.read().members.clone())
            busy=change.pending()
            error=error_of(change)
            on_choose=move |user| {
                let team = team.get_untracked();
                let patch = TeamPatch { lead: Some(user), ..TeamPatch::default() };
                change.dispatch_local((team.kind, team.id, team.version, patch));
            }
        />
    }
}

#[component]
fn Leave(team: Signal<Arc<Team>>, open: RwSignal<bool>) -> impl IntoView {
    let kind = team.with_untracked(|team| team.kind);
    let leave = queries::teams::leave();
    when_gone(leave, kind, open, "You have left.");
    let send = move |()| {
        let team = team.get_untracked();
        leave.dispatch_local((team.kind, team.id));
    };
    view! {
        <Confirm
            open
            title=Signal::derive(move || format!("Leave {}?", team.read().name))
            action="Leave"
            busy=leave.pending()
            error=error_of(leave)
            on_confirm=send
        >
            <p>{format!("You lose the roles that you have through this {}. To come back you need an invitation.", words(kind).one)}</p>
        </Confirm>
    }
}

#[component]
fn Delete(team: Signal<Arc<Team>>, open: RwSignal<bool>) -> impl IntoView {
    let kind = team.with_untracked(|team| team.kind);
    let delete = queries::teams::delete();
    when_gone(delete, kind, open, "Deleted.");
    let name = Signal::derive(move || team.read().name.clone());
    let send = move |()| {
        let team = team.get_untracked();
        delete.dispatch_local((team.kind, team.id, team.version));
    };
    view! {
        <Confirm
            open
            title=Signal::derive(move || format!("Delete {}?", name.get()))
            action="Delete"
            type_name=name
            busy=delete.pending()
            error=error_of(delete)
            on_confirm=send
        >
            <p>{format!("This cannot be undone. Its members lose the roles that they have through this {}.", words(kind).one)}</p>
        </Confirm>
    }
}

/// Leads to the list once it is gone for the person.
fn when_gone<A>(write: Write<A, ()>, kind: TeamKind, open: RwSignal<bool>, said: &'static str)
where
    A: Send + Sync + 'static,
{
    let navigate = use_navigate();
    Effect::new(move || {
        if matches!(*write.value().read(), Some(Ok(()))) {
            open.set(false);
            Toasts::current().success(said);
            let replace = NavigateOptions { replace: true, ..NavigateOptions::default() };
            navigate(&Route::Teams(kind).to_string(), replace);
        }
    });
}

fn error_of<A>(write: Write<A, ()>) -> Signal<Option<String>>
where
    A: Send + Sync + 'static,
{
    Signal::derive(move || Some(write.value().get()?.err()?.to_string()))
}
