//! A secret that is typed or pasted.

use leptos::prelude::*;

use super::control::Control;
use crate::ui::button::{IconButton, Size};
use crate::ui::icon::IconName;

/// A hidden line of text with a button that shows it. Pasting is allowed.
#[component]
pub fn PasswordInput(
    /// The text as typed.
    value: RwSignal<String>,
    /// `current-password` or `new-password`, for password managers; `off` for other secrets.
    #[prop(default = "current-password")]
    autocomplete: &'static str,
    /// The name to read aloud when no `Field` names it.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let control = Control::current();
    let shown = RwSignal::new(false);
    view! {
        <div class="input-frame">
            <input
                class="input"
                id=control.id()
                type=move || if shown.get() { "text" } else { "password" }
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                aria-label=label
                aria-describedby=move || control.described_by()
                aria-invalid=move || control.invalid()
                aria-required=control.required()
                bind:value=value
            />
            <IconButton
                label=move || if shown.get() { "Hide what is typed" } else { "Show what is typed" }.to_owned()
                icon=move || if shown.get() { IconName::EyeOff } else { IconName::Eye }
                size=Size::Small
                on_click=move |_| shown.update(|shown| *shown = !*shown)
            />
        </div>
    }
}
