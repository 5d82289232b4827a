//! A component on show, with what it shows.

use leptos::prelude::*;

/// A line of the gallery: what is shown, and the thing itself.
#[component]
pub(super) fn Specimen(
    /// What is shown.
    label: &'static str,
    /// The thing itself.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="specimen">
            <div class="specimen-label">{label}</div>
            <div class="specimen-stage">{children()}</div>
        </div>
    }
}
