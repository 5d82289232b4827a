//! The view that is open, and what can be done with it.

use leptos::prelude::*;
use models::id::ProjectId;

use super::acts::Acts;
use super::later::{self, Later};
use super::list_menu::ViewList;
use super::more_menu::ViewActions;
use crate::features::runs::address::{Address, Missing};
use crate::ui::{FetchedWhen, Toasts};

/// Says which view is open and whether the table differs from it, and leads to the others.
#[component]
pub(crate) fn ViewBar(address: Address, project: ProjectId) -> impl IntoView {
    let acts = Acts::new(address, project);
    tell_missing(address);
    let is_open = Memo::new(move |_| address.view.read().is_some());
    view! {
        <div class="run-views" role="group" aria-label="View">
            <ViewList acts/>
            <span class="run-views-edited" role="status">{move || address.is_edited.get().then_some("Edited")}</span>
            {move || is_open.get().then(|| view! { <ViewActions acts/> })}
        </div>
        <FetchedWhen
            fetch=later::FETCH
            about=Later::Dialogs(acts)
            wanted=Signal::derive(move || acts.is_asking())
            on_failure=move |()| acts.ask_nothing()
        />
    }
}

/// Says when the view of the address is not there, and takes it out of the address.
fn tell_missing(address: Address) {
    let toasts = Toasts::current();
    Effect::new(move || {
        let Some(Missing { name, .. }) = address.missing.get() else { return };
        let words = match name {
            Some(name) => {
                format!("“{name}” was deleted, or is not shared any more. The table stays as it was.")
            }
            None => "This view was deleted, or is not shared with you. These are all runs.".to_owned(),
        };
        toasts.failure(words, None);
        address.belong_to(None);
    });
}
