//! A number that is found by looking at what it does.

use leptos::ev::Event;
use leptos::prelude::*;

/// A bar to drag, with its name before and its value behind it. Arrow keys change the number by one, Page keys by ten.
#[component]
pub fn Slider(
    /// What is set.
    #[prop(into)]
    label: String,
    /// The number.
    value: RwSignal<u8>,
    /// The greatest number; the least is 0.
    max: u8,
    /// The number as shown and read aloud.
    told: fn(u8) -> String,
) -> impl IntoView {
    let set = move |event: Event| {
        if let Ok(number) = event_target_value(&event).parse::<u8>() {
            value.set(number.min(max));
        }
    };
    view! {
        <label class="slider">
            <span class="slider-label" aria-hidden="true">{label.clone()}</span>
            <input
                class="slider-bar"
                type="range"
                min="0"
                max=max.to_string()
                step="1"
                aria-label=label.clone()
                aria-valuetext=move || told(value.get())
                value=value.get_untracked().to_string()
                prop:value=move || value.get().to_string()
                on:input=set
            />
            <span class="slider-value" aria-hidden="true">{move || told(value.get())}</span>
        </label>
    }
}
