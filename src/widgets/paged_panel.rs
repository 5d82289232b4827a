//! Long lists, a page at a time.

use std::sync::Arc;

use leptos::prelude::*;
use models::page::Page;

use crate::ui::{Pagination, Panel};

/// Things a page of a list.
pub const PAGE_SIZE: u64 = 50;

/// Goes to the last page when the page at hand is none any more: its things were deleted, or its address is old.
pub fn stay_within(page: RwSignal<u64>, total: Signal<u64>, size: u64) {
    Effect::new(move || {
        let last = total.get().saturating_sub(1) / size;
        if page.get() > last {
            page.set(last);
        }
    });
}

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
    stay_within(page, total.into(), PAGE_SIZE);
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
