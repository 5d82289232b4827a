//! Values as they were logged.

use leptos::prelude::*;
use models::run::KeyValue;

use crate::ui::CopyButton;

/// From how many characters on a value may be cut on screen.
const LONG: usize = 60;

/// A text as it was logged; long ones are cut on screen, and all can be copied whole.
#[component]
pub(super) fn Value(text: String) -> impl IntoView {
    let is_long = text.chars().count() > LONG;
    view! {
        <span class="logged-value">
            <span class="logged-text" tabindex=is_long.then_some("0")>{text.clone()}</span>
            <CopyButton text label="Copy the value"/>
        </span>
    }
}

/// Tags, parameters of an entry point, or whatever else has names and values.
#[component]
pub(in crate::features::runs::detail) fn NamedValues(
    #[prop(into)] values: Signal<Vec<KeyValue>>,
) -> impl IntoView {
    view! {
        <table class="logged">
            <tbody>
                <For each=move || values.get() key=|value| (value.key.clone(), value.value.clone()) let(value)>
                    <tr><th scope="row">{value.key}</th><td><Value text=value.value/></td></tr>
                </For>
            </tbody>
        </table>
    }
}
