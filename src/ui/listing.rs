//! Things of a kind below each other, and the heading of one of them.

use leptos::prelude::*;

/// A plain table: a line for each thing, whose first cell is a `th` of the scope `row`.
#[component]
pub fn Listing(
    /// What the columns hold.
    headings: &'static [&'static str],
    /// The lines.
    children: Children,
) -> impl IntoView {
    let heading = |heading: &&'static str| view! { <th scope="col">{*heading}</th> };
    view! {
        <div class="listing-scroll">
            <table class="listing">
                <thead>
                    <tr>{headings.iter().map(heading).collect_view()}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}

/// The name of a thing on its page, and what can be done with it.
#[component]
pub fn ThingHeading(
    /// Its name.
    #[prop(into)]
    name: Signal<String>,
    /// What stands beside the name: a status, labels.
    #[prop(optional, into)]
    beside: Option<ViewFn>,
    /// What can be done: at most three buttons and a menu.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="thing-heading">
            <h2>{move || name.get()}</h2>
            {beside.map(|beside| beside.run())}
            <span class="thing-actions">{children()}</span>
        </div>
    }
}
