//! What is seldom done with a thing: deleting it.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::queries::Write;
use crate::routes::Route;
use crate::ui::{Confirm, IconName, Menu, MenuItem, Toasts};

/// A menu that deletes the thing of a page, once that was confirmed, and then leads to the list where it was.
#[component]
pub fn DeleteMenu<A: Send + Sync + 'static>(
    /// Its name.
    #[prop(into)]
    name: Signal<String>,
    /// What it is, as in “The saved model was deleted.”
    word: &'static str,
    /// What goes with it, and what stays.
    losses: &'static str,
    /// Its name must be typed.
    #[prop(optional)]
    is_typed: bool,
    /// Why the person may not; `None` when she may.
    why_not: Signal<Option<String>>,
    /// Deletes it.
    delete: Write<A, ()>,
    /// The list where it was.
    list: Route,
    /// Dispatches `delete`.
    #[prop(into)]
    on_confirm: Callback<()>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let navigate = use_navigate();
    Effect::new(move || {
        if matches!(*delete.value().read(), Some(Ok(()))) {
            open.set(false);
            Toasts::current().success(format!("The {word} was deleted."));
            let replace = NavigateOptions { replace: true, ..NavigateOptions::default() };
            navigate(&list.to_string(), replace);
        }
    });
    Effect::new(move || {
        if open.get() {
            delete.clear(); // why it failed the last time
        }
    });
    let error = Signal::derive(move || Some(delete.value().get()?.err()?.to_string()));
    let type_name = is_typed.then_some(name);
    view! {
        <Menu label="More" icon=IconName::More icon_only=true>
            <MenuItem icon=IconName::Trash danger=true disabled_reason=why_not on_select=move |()| open.set(true)>"Delete"</MenuItem>
        </Menu>
        <Confirm
            open
            title=Signal::derive(move || format!("Delete {}?", name.get()))
            action="Delete"
            nostrip:type_name=type_name
            busy=delete.pending()
            error
            on_confirm
        >
            <p>{losses}</p>
        </Confirm>
    }
}
