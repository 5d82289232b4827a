//! Deleting a view, and saving it again.

use leptos::prelude::*;
use models::id::ProjectId;
use models::run_view::{NewRunView, RunView};

use super::acts::Acts;
use crate::features::runs::address::Address;
use crate::queries::{self, Write};
use crate::ui::{Confirm, Toasts};
use crate::widgets::{open_about, tell_outcome};

/// Saves a view again that was deleted.
pub(super) type Restoring = Write<(ProjectId, NewRunView), RunView>;

/// Saves deleted views again, and opens each. It must last as long as the table: the dialog is gone before.
fn restoring(address: Address) -> Restoring {
    let restore = queries::views::create();
    tell_outcome(restore, "The view is there again.");
    Effect::new(move || {
        if let Some(Ok(view)) = &*restore.value().read() {
            address.belong_to(Some(view.view_id));
        }
    });
    restore
}

/// Asks whether to delete a view, while it is asked. The table stays as it is. Who saved the view can undo it for a while.
#[component]
pub(super) fn DeleteView(acts: Acts) -> impl IntoView {
    let address = acts.address;
    let open = open_about(acts.deleting);
    let delete = queries::views::delete();
    let restore = acts.restoring.get_or(|| restoring(address));
    let deleted = StoredValue::new(None::<NewRunView>);
    let toasts = Toasts::current();
    Effect::new(move || {
        if matches!(*delete.value().read(), Some(Ok(()))) {
            address.belong_to(None);
            open.set(false);
            match deleted.try_update_value(Option::take).flatten() {
                Some(view) => {
                    let undo = move |()| {
                        restore.dispatch((acts.project, view.clone()));
                    };
                    toasts.success_with_undo("The view was deleted.", Callback::new(undo));
                }
                None => toasts.success("The view was deleted."),
            }
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
            deleted.set_value(untrack(|| acts.is_own(view)).then(|| same(view)).flatten());
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

/// What saves the same view once more.
fn same(view: &RunView) -> Option<NewRunView> {
    let name = view.name.parse().ok()?;
    Some(NewRunView { name, table: view.table.clone(), is_shared: view.is_shared })
}
