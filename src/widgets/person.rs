//! A person.

use leptos::prelude::*;

use crate::ui::Avatar;

/// A person's avatar and name.
#[component]
pub fn Person(
    /// The name.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    view! {
        <span class="person">
            <Avatar name=name.clone()/>
            <span class="truncate">{name}</span>
        </span>
    }
}
