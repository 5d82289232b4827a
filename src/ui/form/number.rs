//! A number.

use leptos::prelude::*;

use super::control::Control;

/// A number, as the text that was typed: the draft's owner parses it and says what is wrong with it.
#[component]
pub fn NumberInput(
    /// The text as typed; empty when it is no number.
    value: RwSignal<String>,
    /// The least number that is good.
    #[prop(optional, into)]
    min: Option<f64>,
    /// The greatest number that is good.
    #[prop(optional, into)]
    max: Option<f64>,
    /// The distance between numbers; `None` allows any fraction.
    #[prop(optional, into)]
    step: Option<f64>,
    /// Shown after the number: `GiB`, `hours`.
    #[prop(optional, into)]
    unit: Option<String>,
    /// The name to read aloud when no `Field` names it.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let control = Control::current();
    view! {
        <div class="input-frame">
            <input
                class="input"
                id=control.id()
                type="number"
                inputmode="decimal"
                autocomplete="off"
                min=min.map(|number| number.to_string())
                max=max.map(|number| number.to_string())
                step=step.map_or_else(|| "any".to_owned(), |number| number.to_string())
                aria-label=label
                aria-describedby=move || control.described_by()
                aria-invalid=move || control.invalid()
                aria-required=control.required()
                bind:value=value
            />
            {unit.map(|unit| view! { <span class="input-unit">{unit}</span> })}
        </div>
    }
}
