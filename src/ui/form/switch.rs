//! On or off, at once.

use leptos::prelude::*;

/// Turns something on or off as soon as it is pressed; in a form that is sent, use `Checkbox`.
#[component]
pub fn Switch(
    /// Whether it is on.
    #[prop(into)]
    checked: Signal<bool>,
    /// Hears what a person chose; the switch follows `checked`, so a refusal turns it back.
    #[prop(into)]
    on_change: Callback<bool>,
    /// Why it cannot be changed now; `None` when it can.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
    /// What is turned on, as a statement.
    children: Children,
) -> impl IntoView {
    let press = move |_| {
        if disabled_reason.read_untracked().is_none() {
            on_change.run(!checked.get_untracked());
        }
    };
    view! {
        <button
            class="switch"
            type="button"
            role="switch"
            aria-checked=move || checked.get().to_string()
            aria-disabled=move || disabled_reason.read().is_some().then_some("true")
            data-tip=move || disabled_reason.get()
            on:click=press
        >
            <span class="switch-track" aria-hidden="true"></span>
            <span>{children()}</span>
        </button>
    }
}
