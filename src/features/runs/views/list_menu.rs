//! The views to choose from.

use leptos::prelude::*;
use models::id::RunViewId;
use models::run_view::{RunView, RunViews};

use super::acts::Acts;
use super::later::{Later, later};
use crate::ui::{IconName, Menu, MenuItem, MenuSearch, MenuSeparator, MenuTitle};
use crate::widgets::saved::{MANY, SavedItem, SavedNote};

/// A menu of all views, which also saves a new one.
#[component]
pub(super) fn ViewList(acts: Acts) -> impl IntoView {
    let address = acts.address;
    let name =
        move || address.view.read().as_ref().map_or_else(|| "Views".to_owned(), |view| view.name.clone());
    let are_many = Memo::new(move |_| {
        address.views.value.read().as_ref().is_some_and(|views| views.views.len() >= MANY)
    });
    let search = MenuSearch { label: "Search views", value: acts.sought, wanted: are_many.into() };
    view! {
        <Menu label=Signal::derive(name) icon=IconName::Bookmark search>
            {later(Later::List(acts))}
        </Menu>
    }
}

/// The views to choose from, and saving a new one.
#[component]
pub(super) fn ViewItems(acts: Acts) -> impl IntoView {
    move || {
        let views = acts.address.views.value.get().unwrap_or_default();
        let sought = acts.sought.read().trim().to_lowercase();
        if sought.is_empty() { items(acts, &views) } else { found(acts, &views, &sought) }
    }
}

/// The views whose name, or the name of whose owner, has this in it.
fn found(acts: Acts, views: &RunViews, sought: &str) -> AnyView {
    let has = |text: &str| text.to_lowercase().contains(sought);
    let found: Vec<_> = views
        .views
        .iter()
        .filter(|view| has(&view.name) || (view.is_shared && has(&view.owner.name)))
        .collect();
    let none = found.is_empty().then(|| view! { <SavedNote text="No view has this in its name."/> });
    view! { {found.into_iter().map(|view| item(acts, views, view)).collect_view()} {none} }.into_any()
}

fn items(acts: Acts, views: &RunViews) -> AnyView {
    let address = acts.address;
    let (own, others): (Vec<_>, Vec<_>) =
        views.views.iter().partition(|view| acts.is_own(view) && !view.is_shared);
    let is_none = Signal::derive(move || address.view.read().is_none());
    let failed = address.views.value.read().is_none().then(|| address.views.error.get()).flatten();
    let note = match failed {
        Some(error) => Some(format!("The views cannot be read. {error}")),
        None if views.views.is_empty() => {
            Some("Save how the table is set up, to come back to it by name.".to_owned())
        }
        None => None,
    };
    let save = move |()| acts.saving.set(true);
    view! {
        <MenuItem chosen=is_none on_select=move |()| address.open(None)>"All runs"</MenuItem>
        {section("My views", acts, views, &own)}
        {section("Shared with the project", acts, views, &others)}
        {note.map(|text| view! { <SavedNote text/> })}
        <MenuSeparator/>
        <MenuItem icon=IconName::Plus disabled_reason=acts.why_not_keep on_select=save>"Save as new view…"</MenuItem>
    }
    .into_any()
}

fn section(title: &'static str, acts: Acts, all: &RunViews, views: &[&RunView]) -> Option<AnyView> {
    (!views.is_empty()).then(|| {
        view! {
            <MenuSeparator/>
            <MenuTitle>{title}</MenuTitle>
            {views.iter().map(|view| item(acts, all, view)).collect_view()}
        }
        .into_any()
    })
}

fn item(acts: Acts, all: &RunViews, view: &RunView) -> impl IntoView + use<> {
    let id = view.view_id;
    let address = acts.address;
    let chosen = Signal::derive(move || address.view.read().as_ref().is_some_and(|open| open.view_id == id));
    let owner = (view.is_shared && !acts.is_own(view)).then(|| view.owner.name.clone());
    let marks = owner.into_iter().chain(mark(all, id).map(str::to_owned)).collect();
    view! { <SavedItem chosen name=view.name.clone() marks on_select=move |()| address.open(Some(id))/> }
}

/// For whom a view opens first.
fn mark(views: &RunViews, id: RunViewId) -> Option<&'static str> {
    match (views.own_default_view_id == Some(id), views.default_view_id == Some(id)) {
        (true, true) => Some("opens first for all and you"),
        (true, false) => Some("opens first for you"),
        (false, true) => Some("opens first"),
        (false, false) => None,
    }
}
