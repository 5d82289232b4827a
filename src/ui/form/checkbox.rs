//! Yes or no, as part of a form.

use leptos::prelude::*;

use crate::ui::id::unique_id;

/// A box to tick, with its text beside it.
#[component]
pub fn Checkbox(
    /// Whether it is ticked.
    checked: RwSignal<bool>,
    /// Some of what it stands for is ticked; a click then ticks all.
    #[prop(optional, into)]
    mixed: Signal<bool>,
    /// What ticking means, below the text.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Hears what a person chose.
    #[prop(optional, into)]
    on_change: Option<Callback<bool>>,
    /// The text.
    children: Children,
) -> impl IntoView {
    let note = unique_id("check-note");
    let change = move |now: bool| {
        checked.set(now);
        if let Some(on_change) = on_change {
            on_change.run(now);
        }
    };
    view! {
        <label class="check">
            <input
                class="check-box"
                type="checkbox"
                aria-describedby=hint.is_some().then(|| note.clone())
                prop:checked=checked
                prop:indeterminate=mixed
                on:change:target=move |event| change(event.target().checked())
            />
            <span class="check-text">
                {children()}
                {hint.map(|hint| view! { <span class="check-hint" id=note>{hint}</span> })}
            </span>
        </label>
    }
}
