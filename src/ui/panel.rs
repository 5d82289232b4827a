//! Boxes that hold what belongs together.

use leptos::prelude::*;

/// A titled section of a page.
#[component]
pub fn Panel(
    /// What it is about.
    #[prop(into)]
    title: Signal<String>,
    /// A sentence below the title.
    #[prop(optional, into)]
    text: Option<String>,
    /// Buttons and links at the right of the title.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    /// Lets the content reach the edges, as tables and lists want.
    #[prop(optional)]
    flush: bool,
    /// The content.
    children: Children,
) -> impl IntoView {
    let id = super::id::unique_id("panel");
    view! {
        <section class="panel" aria-labelledby=id.clone()>
            <header class="panel-header">
                <div class="panel-heading">
                    <h2 id=id.clone()>{move || title.get()}</h2>
                    {text.map(|text| view! { <p>{text}</p> })}
                </div>
                {actions.map(|actions| view! { <div class="panel-actions">{actions.run()}</div> })}
            </header>
            <div class="panel-body" data-flush=flush.then_some("true")>{children()}</div>
        </section>
    }
}

/// A thing in a grid of its like. With an address the whole card follows the link in its title.
#[component]
pub fn Card(
    /// What it is called.
    #[prop(into)]
    title: String,
    /// Its page.
    #[prop(optional, into)]
    href: Option<String>,
    /// What stands at the right of the title: a badge, a menu.
    #[prop(optional, into)]
    aside: Option<ViewFn>,
    /// The content.
    children: Children,
) -> impl IntoView {
    let heading = match href {
        Some(href) => view! { <a class="card-link" href=href>{title}</a> }.into_any(),
        None => title.into_any(),
    };
    view! {
        <article class="card">
            <header class="card-header">
                <h2 class="card-title">{heading}</h2>
                {aside.map(|aside| view! { <div class="card-aside">{aside.run()}</div> })}
            </header>
            {children()}
        </article>
    }
}

/// A number that matters, with its name.
#[component]
pub fn Figure(
    /// What is counted or measured.
    #[prop(into)]
    label: String,
    /// The number, as text.
    #[prop(into)]
    value: Signal<String>,
    /// What to read beside it: a change, a unit, a bar.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="figure">
            <div class="figure-label">{label}</div>
            <div class="figure-value">{move || value.get()}</div>
            {children.map(|children| view! { <div class="figure-note">{children()}</div> })}
        </div>
    }
}
