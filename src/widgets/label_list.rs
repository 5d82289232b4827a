//! Labels.

use leptos::prelude::*;
use models::label::Label;

use crate::ui::{Badge, avatar::hue};

/// Labels beside each other; nothing at all when there are none.
#[component]
pub fn LabelList(
    /// The labels.
    #[prop(into)]
    labels: Signal<Vec<Label>>,
) -> impl IntoView {
    let label = |label: Label| {
        let scope = label.scope.clone();
        let text = match &label.value {
            Some(value) => format!("{}: {value}", label.name),
            None => label.name,
        };
        let dot = label.color.map(|color| view! { <span class="label-dot" style:background=color></span> });
        view! {
            <li class="label" data-tip=scope.clone() data-hued="true" style:--hue=hue(&scope).to_string()>
                <Badge>{dot}{text}</Badge>
            </li>
        }
    };
    move || {
        let labels = labels.get();
        (!labels.is_empty()).then(|| view! { <ul class="labels" aria-label="Labels">{labels.into_iter().map(label).collect_view()}</ul> })
    }
}
