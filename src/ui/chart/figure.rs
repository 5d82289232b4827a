//! What surrounds a picture: its title, its buttons, what is read of it, and the same as a table.

use leptos::html;
use leptos::prelude::*;

use super::download;
use super::svg::Picture;
use super::tools::{toggle, tool};

/// A picture with its title and buttons above it, and below what is read of it.
#[component]
pub(super) fn Figure(
    /// What is shown.
    title: Signal<String>,
    /// The values as a file.
    csv: Callback<(), String>,
    /// The picture as a file; `None` while there is none.
    drawn: Callback<(), Option<Picture>>,
    /// Further buttons.
    #[prop(optional, into)]
    more: ViewFn,
    /// The class of the element in which the picture stands.
    class: &'static str,
    /// That element.
    stage: NodeRef<html::Div>,
    /// What is read of the picture.
    #[prop(into)]
    reading: ViewFn,
    /// What a key has led to, read aloud.
    #[prop(into)]
    spoken: Signal<Option<String>>,
    /// The same as a table.
    #[prop(into)]
    table: ViewFn,
    /// The picture.
    children: Children,
) -> impl IntoView {
    let as_table = RwSignal::new(false);
    let name = move || title.get_untracked();
    let save = move || download::text(&csv.run(()), "text/csv", &name(), "csv");
    view! {
        <figure class="chart">
            <figcaption class="chart-head">
                <span class="chart-title truncate">{move || title.get()}</span>
                <div class="chart-tools" role="group" aria-label="Chart">
                    {more.run()}
                    {toggle("Table", "Show the values as a table", as_table)}
                    {tool("CSV", "Download the values", save)}
                    {download::picture_tools(move || drawn.run(()), name)}
                </div>
            </figcaption>
            <div class=class node_ref=stage>{children()}</div>
            {move || reading.run()}
            <span class="visually-hidden" role="status">{move || spoken.get()}</span>
            {move || as_table.get().then(|| table.run())}
        </figure>
    }
}

/// A table in the place of a picture.
pub(super) fn table(title: Signal<String>, heads: impl IntoView, rows: impl IntoView) -> impl IntoView {
    view! {
        <div class="chart-data" tabindex="0" role="region" aria-label=move || format!("{} as a table", title.get())>
            <table>
                <caption class="visually-hidden">{move || title.get()}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
