//! One of a few, all in sight.

use leptos::prelude::*;

use crate::ui::icon::{Icon, IconName};
use crate::ui::id::unique_id;

/// One of a few things to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice<T> {
    /// What the signal becomes when it is chosen.
    pub value: T,
    /// What it is called.
    pub label: String,
    /// What choosing it means, in a sentence; shown by `ChoiceCards`.
    pub text: Option<String>,
    /// Drawn before the name.
    pub icon: Option<IconName>,
}

impl<T> Choice<T> {
    /// A choice of a name alone.
    pub fn new(value: T, label: impl Into<String>) -> Self {
        Self { value, label: label.into(), text: None, icon: None }
    }

    /// Adds what choosing it means.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        Self { text: Some(text.into()), ..self }
    }

    /// Adds a drawing.
    #[must_use]
    pub fn icon(self, icon: IconName) -> Self {
        Self { icon: Some(icon), ..self }
    }
}

/// Short names side by side: a way of looking at the same thing.
#[component]
pub fn Segmented<T: Clone + PartialEq + Send + Sync + 'static>(
    /// What is chosen between, read aloud.
    #[prop(into)]
    label: String,
    /// The chosen one.
    value: RwSignal<T>,
    /// Two to five of them.
    choices: Vec<Choice<T>>,
) -> impl IntoView {
    let group = unique_id("segmented");
    let segment = |choice: Choice<T>| {
        view! {
            <label class="segment">
                {radio(&group, value, choice.value)}
                {choice.icon.map(|name| view! { <Icon name/> })}
                <span>{choice.label}</span>
            </label>
        }
    };
    let segments = choices.into_iter().map(segment).collect_view();
    view! { <div class="segmented" role="radiogroup" aria-label=label>{segments}</div> }
}

/// Cards of which one is chosen, each with a sentence about what it means.
#[component]
pub fn ChoiceCards<T: Clone + PartialEq + Send + Sync + 'static>(
    /// What is chosen between, shown above.
    #[prop(into)]
    label: String,
    /// The chosen one.
    value: RwSignal<T>,
    /// Two to six of them.
    choices: Vec<Choice<T>>,
) -> impl IntoView {
    let group = unique_id("choice");
    let card = |choice: Choice<T>| {
        view! {
            <label class="choice">
                {radio(&group, value, choice.value)}
                {choice.icon.map(|name| view! { <Icon name/> })}
                <span class="choice-words">
                    <span class="choice-label">{choice.label}</span>
                    {choice.text.map(|text| view! { <span class="choice-text">{text}</span> })}
                </span>
            </label>
        }
    };
    let cards = choices.into_iter().map(card).collect_view();
    view! {
        <fieldset class="choices">
            <legend class="field-label">{label}</legend>
            <div class="choices-list">{cards}</div>
        </fieldset>
    }
}

fn radio<T>(group: &str, value: RwSignal<T>, own: T) -> impl IntoView + use<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let chosen = Signal::derive({
        let own = own.clone();
        move || *value.read() == own
    });
    view! {
        <input
            class="choice-radio"
            type="radio"
            name=group.to_owned()
            prop:checked=chosen
            on:change=move |_| value.set(own.clone())
        />
    }
}
