//! A numbered part of the form.

use leptos::prelude::*;

use crate::ui::id::unique_id;

/// A part of the form, with its number.
#[component]
pub(super) fn Block(
    /// Its place, from 1.
    number: u8,
    /// What it is about.
    title: &'static str,
    /// What stands at the right of the title.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let id = unique_id("launch-block");
    let heading = id.clone();
    view! {
        <section class="launch-block" aria-labelledby=id>
            <header class="launch-block-header">
                <span class="launch-number" aria-hidden="true">{number}</span>
                <h2 id=heading>{title}</h2>
                {actions.map(|actions| view! { <div class="launch-block-actions">{actions.run()}</div> })}
            </header>
            <div class="launch-block-body">{children()}</div>
        </section>
    }
}
