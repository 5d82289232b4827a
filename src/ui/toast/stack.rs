//! Shows the messages, above everything else.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;

use super::toasts::{Fate, Toast, Toasts};
use crate::ui::button::{Button, IconButton, Size};
use crate::ui::icon::{Icon, IconName};

/// How long a success stays on screen.
const LIFE: Duration = Duration::from_secs(8);
/// How long it stays on after it was looked at.
const RESPITE: Duration = Duration::from_secs(2);

/// The corner where messages appear; once, in the app's shell.
#[component]
pub fn ToastStack() -> impl IntoView {
    let toasts = Toasts::current();
    let stack = NodeRef::<html::Div>::new();
    Effect::new(move || {
        let Some(stack) = stack.get() else { return };
        // Shown anew for each message: that puts it above a dialog opened since the last.
        let _ = stack.hide_popover();
        if !toasts.list().is_empty() {
            // Refused only when it is shown already.
            let _ = stack.show_popover();
        }
    });
    let of = move |failed: bool| {
        let chosen = move |toast: &Toast| matches!(toast.fate, Fate::Stays { .. }) == failed;
        move || toasts.list().into_iter().filter(chosen).collect::<Vec<_>>()
    };
    view! {
        <div class="toasts" popover="manual" node_ref=stack>
            <div role="alert">
                <For each=of(true) key=|toast| toast.id.clone() let:toast><Message toast/></For>
            </div>
            <div role="status">
                <For each=of(false) key=|toast| toast.id.clone() let:toast><Message toast/></For>
            </div>
        </div>
    }
}

#[component]
fn Message(toast: Toast) -> impl IntoView {
    let toasts = Toasts::current();
    let message = NodeRef::<html::Div>::new();
    let id = StoredValue::new(toast.id);
    let dismiss = move || toasts.dismiss(&id.get_value());
    let (failed, detail) = match toast.fate {
        Fate::Stays { request_id } => (
            true,
            request_id
                .map(|id| view! { <p class="toast-request">"Request " <code>{id}</code></p> }.into_any()),
        ),
        Fate::Passes { undo } => {
            pass(message, Callback::new(move |()| dismiss()), LIFE);
            let press = move |undo: Callback<()>| {
                dismiss();
                // Whoever offered it may be gone, and with it what would be undone.
                let _ = undo.try_run(());
            };
            let button = move |undo| {
                view! { <Button size=Size::Small on_click=move |_| press(undo)>"Undo"</Button> }
            };
            (false, undo.map(|undo| button(undo).into_any()))
        }
    };
    let icon = if failed { IconName::XCircle } else { IconName::CheckCircle };
    view! {
        <div class="toast" data-tone=if failed { "danger" } else { "success" } node_ref=message>
            <Icon name=icon/>
            <div class="toast-words"><p>{toast.text}</p>{detail}</div>
            <IconButton label="Dismiss" icon=IconName::Close size=Size::Small on_click=move |_| dismiss()/>
        </div>
    }
}

/// Dismisses a message after a while, but not while it is pointed at or has the focus.
fn pass(message: NodeRef<html::Div>, dismiss: Callback<()>, after: Duration) {
    let wake = move || {
        let Some(element) = message.try_get_untracked().flatten() else { return };
        if element.matches(":hover, :focus-within").unwrap_or(false) {
            pass(message, dismiss, RESPITE);
        } else {
            dismiss.try_run(());
        }
    };
    set_timeout(wake, after);
}
