//! Looking for something in what is on screen.

use std::time::Duration;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::button::{IconButton, Size};
use super::icon::{Icon, IconName};
use super::typing::is_typing;

/// How long to wait for the next letter before searching.
const PAUSE: Duration = Duration::from_millis(200);

/// A line to type what is looked for. `/` focuses it unless told otherwise, Escape clears it.
#[component]
pub fn SearchField(
    /// What is looked for, and where: `Search projects`.
    #[prop(into)]
    label: String,
    /// What the list is searched for; typing changes it after a pause, and changing it changes the line.
    value: RwSignal<String>,
    /// Whether `/` focuses it: of several fields on a page, the first.
    #[prop(default = true)]
    slash: bool,
) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let draft = RwSignal::new(value.get_untracked());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let cancel = move || {
        if let Some(timeout) = waiting.try_update_value(Option::take).flatten() {
            timeout.clear();
        }
    };
    let commit = move || {
        cancel();
        if let Some(draft) =
            draft.try_get_untracked().filter(|draft| value.try_get_untracked().as_ref() != Some(draft))
        {
            value.set(draft);
        }
    };
    let change = move |text: String| {
        draft.set(text);
        cancel();
        waiting.set_value(set_timeout_with_handle(commit, PAUSE).ok());
    };
    let clear = move || {
        draft.set(String::new());
        commit();
    };
    let press = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => commit(),
        "Escape" if !draft.read_untracked().is_empty() => {
            event.stop_propagation();
            event.prevent_default();
            clear();
        }
        _ => {}
    };
    Effect::watch(move || value.get(), move |value, _, _| draft.set(value.clone()), false);
    let listener =
        slash.then(|| window_event_listener(ev::keydown, move |event| focus_by_slash(&event, field)));
    on_cleanup(move || {
        cancel();
        if let Some(listener) = listener {
            listener.remove();
        }
    });
    view! {
        <div class="search" role="search" aria-label=label.clone()>
            <Icon name=IconName::Search/>
            <input
                class="input"
                type="search"
                aria-label=label.clone()
                placeholder=label.clone()
                autocomplete="off"
                spellcheck="false"
                node_ref=field
                prop:value=draft
                on:input:target=move |event| change(event.target().value())
                on:keydown=press
            />
            {move || if draft.read().is_empty() {
                slash.then(|| view! { <kbd aria-hidden="true">"/"</kbd> }).into_any()
            } else {
                view! { <IconButton label="Clear the search" icon=IconName::Close size=Size::Small on_click=move |_| clear()/> }.into_any()
            }}
        </div>
    }
}

/// Focuses the field on `/`, unless something is being typed elsewhere or a dialog is open.
fn focus_by_slash(event: &ev::KeyboardEvent, field: NodeRef<html::Input>) {
    if event.key() != "/" || event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing(event) {
        return;
    }
    if let Some(field) = field.try_get_untracked().flatten() {
        event.prevent_default();
        // A field on screen takes the focus.
        let _ = field.focus();
    }
}
