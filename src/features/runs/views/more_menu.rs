//! What can be done with the view that is open.

use leptos::prelude::*;
use models::id::RunViewId;
use models::run_view::{RunView, RunViewPatch, RunViews};

use super::acts::Acts;
use super::later::{Later, later};
use super::link::copy_link;
use crate::queries::views::{Change, Choice};
use crate::queries::{self, Write};
use crate::ui::{IconName, Lasting, Menu, MenuItem, MenuSeparator};
use crate::widgets::tell_outcome;

/// A menu that updates, renames, shares and deletes the open view.
#[component]
pub(super) fn ViewActions(acts: Acts) -> impl IntoView {
    let writes = Lasting::default();
    view! {
        <Menu label="What to do with the view" icon=IconName::More icon_only=true>
            {later(Later::Actions(acts, writes))}
        </Menu>
    }
}

#[component]
pub(super) fn ActionItems(acts: Acts, writes: Lasting<(Sharing, First)>) -> impl IntoView {
    let (sharing, first) = writes.get_or(|| (Sharing::new(acts), First::new(acts)));
    let address = acts.address;
    let as_saved = move || (!address.is_edited.get()).then(|| "The table is as it was saved.".to_owned());
    let not_updated = {
        let why_not = acts.why_not_change();
        Signal::derive(move || as_saved().or_else(|| why_not.get()))
    };
    let discard = move |()| address.open(address.view.get_untracked().map(|view| view.view_id));
    let ask = move |about: RwSignal<Option<RunView>>| about.set(address.view.get_untracked());
    view! {
        <MenuItem icon=IconName::Check disabled_reason=not_updated on_select=move |()| acts.update.begin()>"Update view"</MenuItem>
        <MenuItem icon=IconName::Refresh disabled_reason=Signal::derive(as_saved) on_select=discard>"Discard changes"</MenuItem>
        <MenuItem icon=IconName::Plus disabled_reason=acts.why_not_keep on_select=move |()| acts.saving.set(true)>"Save as new view…"</MenuItem>
        <MenuSeparator/>
        <MenuItem icon=IconName::Edit disabled_reason=acts.why_not_change() on_select=move |()| ask(acts.renaming)>"Rename…"</MenuItem>
        <MenuItem icon=IconName::Link on_select=move |()| copy_link(address)>"Copy link"</MenuItem>
        <MenuSeparator/>
        <MenuItem checked=sharing.is_shared disabled_reason=acts.why_not_share() on_select=move |()| sharing.toggle()>"Share with the project"</MenuItem>
        <MenuItem checked=first.for_all disabled_reason=acts.why_not_default() on_select=move |()| first.toggle_for_all()>"Open first for everybody"</MenuItem>
        <MenuItem checked=first.for_person disabled_reason=acts.why_not_keep on_select=move |()| first.toggle_for_person()>"Open first for me"</MenuItem>
        <MenuSeparator/>
        <MenuItem icon=IconName::Trash danger=true disabled_reason=acts.why_not_change() on_select=move |()| ask(acts.deleting)>"Delete…"</MenuItem>
    }
}

/// Shares the open view, and takes it back. A handle.
#[derive(Clone, Copy)]
pub(super) struct Sharing {
    acts: Acts,
    is_shared: Signal<bool>,
    share: Write<Change, ()>,
    take_back: Write<Change, ()>,
}

impl Sharing {
    fn new(acts: Acts) -> Self {
        let view = acts.address.view;
        let (share, take_back) = (queries::views::change(), queries::views::change());
        tell_outcome(share, "Everybody in the project sees the view now.");
        tell_outcome(take_back, "The view is yours alone now.");
        let is_shared = Signal::derive(move || view.read().as_ref().is_some_and(|view| view.is_shared));
        Self { acts, is_shared, share, take_back }
    }

    fn toggle(self) {
        let address = self.acts.address;
        if let Some(view) = address.view.get_untracked() {
            let patch = RunViewPatch { is_shared: Some(!view.is_shared), ..RunViewPatch::default() };
            let write = if view.is_shared { self.take_back } else { self.share };
            write.dispatch((self.acts.project, view.view_id, view.version, patch));
        }
    }
}

/// Chooses the open view to open first, and lets go of it. A handle.
#[derive(Clone, Copy)]
pub(super) struct First {
    acts: Acts,
    for_all: Signal<bool>,
    for_person: Signal<bool>,
    set_for_all: Write<Choice, ()>,
    set_for_person: Write<Choice, ()>,
}

impl First {
    fn new(acts: Acts) -> Self {
        let address = acts.address;
        let is = move |default: fn(&RunViews) -> Option<RunViewId>| {
            Signal::derive(move || {
                let open = address.view.read().as_ref().map(|view| view.view_id);
                let first = address.views.value.get().and_then(|views| default(&views));
                open.is_some() && open == first
            })
        };
        let (set_for_all, set_for_person) =
            (queries::views::set_default(), queries::views::set_own_default());
        tell_outcome(set_for_all, "It is noted for everybody which view opens first.");
        tell_outcome(set_for_person, "It is noted which view opens first for you.");
        let (for_all, for_person) =
            (is(|views| views.default_view_id), is(|views| views.own_default_view_id));
        Self { acts, for_all, for_person, set_for_all, set_for_person }
    }

    fn toggle_for_all(self) {
        let wanted = self.wanted(self.for_all);
        self.set_for_all.dispatch(wanted);
    }

    fn toggle_for_person(self) {
        let wanted = self.wanted(self.for_person);
        self.set_for_person.dispatch(wanted);
    }

    fn wanted(self, holds: Signal<bool>) -> Choice {
        let address = self.acts.address;
        let open = address.view.get_untracked().map(|view| view.view_id);
        (self.acts.project, open.filter(|_| !holds.get_untracked()))
    }
}
