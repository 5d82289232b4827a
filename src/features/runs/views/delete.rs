//! Deleting a view.

use leptos::prelude::*;

use super::acts::Acts;
use crate::queries;
use crate::ui::{Confirm, Toasts};
use crate::widgets::open_about;

/// Asks whether to delete a view, while it is asked. The table stays as it is.
#[component]
pub(super) fn DeleteView(acts: Acts) -> impl IntoView {
    let address = acts.address;
    let open = open_about(acts.deleting);
    let delete = queries::views::delete();
    Effect::new(move || {
        if matches!(*delete.value().read(), Some(Ok(()))) {
            address.belong_to(None);
            open.set(false);
            Toasts::current().success("The view was deleted.");
        }
    });
    Effect::new(move || {
        if open.get() {
            delete.clear(); // why it failed the last time
        }
    });
    let name = move || acts.deleting.read().as_ref().map(|view| view.name.clone()).unwrap_or_default();
    let losses = move || match acts.deleting.read().as_ref().is_some_and(|view| view.is_shared) {
        true => "Everybody in the project loses it. The runs stay as they are.",
        false => "The runs stay as they are.",
    };
    let confirm = move |()| {
        let asked = acts.deleting.read_untracked().as_ref().map(|view| view.view_id);
        // It may have been changed since: what is on screen is the latest.
        let listed = address.views.value.get_untracked();
        if let Some(view) = asked.and_then(|id| listed.as_ref()?.find(id)) {
            delete.dispatch((acts.project, view.view_id, view.version));
        } else {
            open.set(false);
        }
    };
    let error = Signal::derive(move || Some(delete.value().get()?.err()?.to_string()));
    view! {
        <Confirm
            open
            title=Signal::derive(move || format!("Delete the view “{}”?", name()))
            action="Delete view"
            busy=delete.pending()
            error
            on_confirm=confirm
        >
            <p>{losses}</p>
        </Confirm>
    }
}
