//! Facts about one thing.

use leptos::prelude::*;

/// Names and values below each other; holds `Fact`.
#[component]
pub fn KeyValue(
    /// The facts.
    children: Children,
) -> impl IntoView {
    view! { <dl class="facts">{children()}</dl> }
}

/// One fact.
#[component]
pub fn Fact(
    /// What it is about.
    #[prop(into)]
    name: String,
    /// The value.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="fact">
            <dt>{name}</dt>
            <dd>{children()}</dd>
        </div>
    }
}
