//! A label, a control, and what to say about its value.

use leptos::context::Provider;
use leptos::prelude::*;

use super::control::Control;
use crate::ui::icon::{Icon, IconName};
use crate::ui::id::unique_id;

/// Names the control inside it, and shows its hint, or its error in place of the hint.
#[component]
pub fn Field(
    /// What is asked for.
    #[prop(into)]
    label: Signal<String>,
    /// How to answer: the unit, the form, what it is used for.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// What is wrong with the answer; `None` while it is good.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Says beside the label that no answer is needed.
    #[prop(optional)]
    optional: bool,
    /// One control of this module.
    children: Children,
) -> impl IntoView {
    let id = unique_id("field");
    let note = format!("{id}-note");
    let has_note = Signal::derive(move || error.read().is_some() || hint.read().is_some());
    let described_by = Signal::derive({
        let note = note.clone();
        move || has_note.get().then(|| note.clone())
    });
    let invalid = Signal::derive(move || error.read().is_some());
    let control = Control::new(id.clone(), described_by, invalid, !optional);
    view! {
        <div class="field">
            <label class="field-label" for=id>
                {move || label.get()}
                {optional.then(|| view! { <span class="field-optional">"optional"</span> })}
            </label>
            <Provider value=control>{children()}</Provider>
            <div class="field-note" id=note data-error=move || invalid.get().then_some("true")>
                {move || match error.get() {
                    Some(error) => view! { <Icon name=IconName::Alert/> {error} }.into_any(),
                    None => hint.get().into_any(),
                }}
            </div>
        </div>
    }
}
