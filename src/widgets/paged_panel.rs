//! Long lists, a page at a time.

use std::sync::Arc;

use leptos::prelude::*;
use models::page::Page;

use crate::ui::{Pagination, Panel};

/// Things a page of a list.
pub const PAGE_SIZE: u64 = 50;

/// A panel with a page of a list, which says how many things there are, and the way to the other pages; where there is
/// nothing at all, what to do about it.
#[component]
pub fn PagedPanel<T: Send + Sync + 'static>(
    /// The page.
    found: Signal<Arc<Page<T>>>,
    /// What these things are called.
    title: &'static str,
    /// The number of the page, counted from 0.
    page: RwSignal<u64>,
    /// Buttons at the end of the panel's heading.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    /// What stands in the place of an empty list.
    #[prop(into)]
    nothing: ViewFn,
    /// The lines.
    children: ChildrenFn,
) -> impl IntoView {
    let total = Memo::new(move |_| found.read().total_records);
    move || {
        let (actions, children) = (actions.clone(), children.clone());
        match total.get() {
            0 => nothing.run(),
            n => view! {
                <Panel title=format!("{title} ({n})") flush=true nostrip:actions=actions>{children()}</Panel>
                {(n > PAGE_SIZE).then(|| view! { <Pagination page size=PAGE_SIZE total=n/> })}
            }
            .into_any(),
        }
    }
}
