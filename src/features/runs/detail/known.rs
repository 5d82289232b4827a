//! Waits for a value once, and then follows it without making its view anew.

use std::sync::Arc;

use leptos::prelude::*;

use crate::queries::Query;
use crate::ui::{Banner, Button, IconName, Size, Skeleton, SkeletonShape, Tone};
use crate::widgets::loaded::failed;

/// Shows an outline until the value is known, or why it cannot be; then the children, which follow the value, so that
/// charts, searches and opened folders outlive its changes.
#[component]
pub(super) fn Known<T, F, V>(
    /// What is asked.
    query: Query<T>,
    /// What the value looks like until it is there.
    #[prop(optional)]
    shape: SkeletonShape,
    /// How many lines, rows or cards the outline has.
    #[prop(default = 4)]
    count: usize,
    /// Shows the value.
    children: F,
) -> impl IntoView
where
    T: PartialEq + Send + Sync + 'static,
    F: Fn(Signal<Arc<T>>) -> V + Send + 'static,
    V: IntoView + 'static,
{
    let is_known = Memo::new(move |_| query.value.read().is_some());
    let body = move || match (is_known.get(), query.value.get_untracked()) {
        (true, Some(first)) => {
            let value = move |before: Option<&Arc<T>>| {
                query.value.get().or_else(|| before.cloned()).unwrap_or_else(|| Arc::clone(&first))
            };
            children(Memo::new(value).into()).into_any()
        }
        _ => match query.error.get() {
            Some(error) => failed(&error, query.refetch),
            None => view! { <Skeleton shape count/> }.into_any(),
        },
    };
    let stale = move || query.error.get().filter(|_| is_known.get());
    let retry = move || {
        view! { <Button size=Size::Small icon=IconName::Refresh on_click=move |_| query.refetch.run(())>"Try again"</Button> }
    };
    view! {
        {move || stale().map(|error| view! {
            <Banner tone=Tone::Warning icon=IconName::Alert action=retry>
                {error.to_string()} " What you see was read before."
            </Banner>
        })}
        {body}
    }
}
