//! The form around the fields: sending, waiting, refusal.

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::ui::button::{Button, Emphasis};
use crate::ui::icon::{Icon, IconName};

/// Fields that are sent together. When it is refused, the first bad field takes the focus.
#[component]
pub fn Form(
    /// Why the last sending was refused, as one sentence; the fields say the rest.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Sends. The browser's own sending and its checks are turned off.
    #[prop(into)]
    on_submit: Callback<()>,
    /// Fields, then a `SubmitRow`.
    children: Children,
) -> impl IntoView {
    let form = NodeRef::<html::Form>::new();
    Effect::new(move || {
        if error.read().is_some() {
            request_animation_frame(move || focus_first_invalid(form));
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        on_submit.run(());
    };
    view! {
        <form class="form" novalidate node_ref=form on:submit=submit>
            <div class="form-error" role="alert" tabindex="-1" hidden=move || error.read().is_none()>
                <Icon name=IconName::Alert/>
                <span>{move || error.get()}</span>
            </div>
            {children()}
        </form>
    }
}

/// The button that sends a form, and the one that leaves it.
#[component]
pub fn SubmitRow(
    /// What sending does: a verb, and what it acts on.
    #[prop(into)]
    label: Signal<String>,
    /// The form is on its way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Why it cannot be sent now; `None` when it can.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
    /// How much the button asks to be pressed; `Primary` unless it destroys something.
    #[prop(default = Emphasis::Primary)]
    emphasis: Emphasis,
    /// Leaves without sending; without it there is no such button.
    #[prop(optional, into)]
    on_cancel: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <div class="submit-row">
            <Button emphasis busy disabled_reason submit=true>{move || label.get()}</Button>
            {on_cancel.map(|cancel| {
                let leave = move |_| if !busy.get_untracked() { cancel.run(()) }; // how it ends must be seen
                view! { <Button on_click=leave>"Cancel"</Button> }
            })}
        </div>
    }
}

fn focus_first_invalid(form: NodeRef<html::Form>) {
    let Some(form) = form.get_untracked() else { return };
    let bad = form.query_selector("[aria-invalid=true]").ok().flatten();
    let target = bad.or_else(|| form.query_selector(".form-error").ok().flatten());
    if let Some(element) = target.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        // A field that left the page since then cannot be focused, and need not be.
        let _ = element.focus();
    }
}
