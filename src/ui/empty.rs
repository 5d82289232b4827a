//! What a list shows when there is nothing in it.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// Says why there is nothing here and what to do about it.
#[component]
pub fn Empty(
    /// Of the kind of thing that is missing.
    #[prop(into)]
    icon: IconName,
    /// What is missing: `No runs yet`.
    #[prop(into)]
    title: String,
    /// What it would be for, in a sentence or two.
    #[prop(into)]
    text: String,
    /// The button, link or snippet that changes it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <div class="empty-icon"><Icon name=icon/></div>
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| view! { <div class="empty-actions">{children()}</div> })}
        </div>
    }
}
