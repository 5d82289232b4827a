//! One of a list.

use leptos::prelude::*;

use super::control::Control;
use crate::ui::icon::{Icon, IconName};

/// A line of a list to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectOption {
    /// What the signal becomes when it is chosen.
    pub value: String,
    /// What is shown.
    pub label: String,
}

impl SelectOption {
    /// An option whose value and text differ.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// A list of which one line is chosen.
#[component]
pub fn Select(
    /// The value of the chosen option.
    value: RwSignal<String>,
    /// What there is to choose from.
    #[prop(into)]
    options: Signal<Vec<SelectOption>>,
    /// Shown, with an empty value, until something is chosen.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// The name to read aloud when no `Field` names it.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let control = Control::current();
    let lines = move || {
        let line = |option: SelectOption| {
            let chosen = Signal::derive({
                let own = option.value.clone();
                move || *value.read() == own
            });
            view! { <option value=option.value selected=chosen prop:selected=chosen>{option.label}</option> }
        };
        options.get().into_iter().map(line).collect_view()
    };
    view! {
        <div class="select">
            <select
                class="input"
                id=control.id()
                aria-label=label
                aria-describedby=move || control.described_by()
                aria-invalid=move || control.invalid()
                aria-required=control.required()
                on:change:target=move |event| value.set(event.target().value())
            >
                {placeholder.map(|text| view! { <option value="" selected=move || value.read().is_empty()>{text}</option> })}
                {lines}
            </select>
            <Icon name=IconName::ChevronDown/>
        </div>
    }
}
