//! Waiting, failing and retrying, once for all pages.

use std::sync::Arc;

use leptos::prelude::*;

use super::local_time::time_of_day;
use crate::api::ApiError;
use crate::queries::Query;
use crate::ui::{Banner, Button, Empty, Failure, IconName, ProgressBar, Size, Skeleton, SkeletonShape, Tone};

/// Shows what a query knows: an outline while it waits, the value, or why there is none. While a newer answer is on
/// its way, and when that one fails, the last one stays.
#[component]
pub fn Loaded<T, F, V>(
    /// What is asked.
    query: Query<T>,
    /// What the value looks like until it is there.
    #[prop(optional)]
    shape: SkeletonShape,
    /// How many lines, rows or cards the outline has.
    #[prop(default = 3)]
    count: usize,
    /// Shows the value. Called once; newer answers come through the signal, so that nothing that is open closes.
    children: F,
) -> impl IntoView
where
    T: Send + Sync + 'static,
    F: Fn(Signal<Arc<T>>) -> V + Send + 'static,
    V: IntoView + 'static,
{
    let known = Memo::new(move |_| query.value.read().is_some());
    let again = Signal::derive(move || query.fetching.get() && known.get());
    let body = move || match known.get().then(|| query.value.get_untracked()).flatten() {
        Some(first) => children(latest(query.value, first)).into_any(),
        None => waiting_or_failed(query.error, query.refetch, shape, count),
    };
    let stale = Signal::derive(move || query.error.get().filter(|_| known.get()));
    view! {
        <div class="loaded">
            <ProgressBar busy=again/>
            <StaleNote error=stale fetched_at=query.fetched_at refetch=query.refetch/>
            {body}
        </div>
    }
}

/// The value, which stays as it was last when there is none any more.
fn latest<T: Send + Sync + 'static>(value: Signal<Option<Arc<T>>>, first: Arc<T>) -> Signal<Arc<T>> {
    let latest = Memo::new_with_compare(
        move |before: Option<&Arc<T>>| {
            value.get().or_else(|| before.cloned()).unwrap_or_else(|| Arc::clone(&first))
        },
        |before, now| match (before, now) {
            (Some(before), Some(now)) => !Arc::ptr_eq(before, now),
            (Some(_), None) | (None, Some(_)) => true,
            (None, None) => false,
        },
    );
    latest.into()
}

fn waiting_or_failed(
    error: Signal<Option<ApiError>>,
    retry: Callback<()>,
    shape: SkeletonShape,
    count: usize,
) -> AnyView {
    match error.get() {
        None => view! { <Skeleton shape count/> }.into_any(),
        Some(error) => failed(&error, retry),
    }
}

/// Says why something could not be shown, in its place.
pub fn failed(error: &ApiError, retry: Callback<()>) -> AnyView {
    if *error == ApiError::NotFound {
        let text = "It was deleted, or you have no role in its project. Ask an owner of the project for one.";
        return view! { <Empty icon=IconName::Search title="Not here, or not yours to see" text=text/> }
            .into_any();
    }
    if let ApiError::Forbidden(reason) = error {
        return view! { <Empty icon=IconName::Lock title="You have no access to this" text=reason.clone()/> }
            .into_any();
    }
    let request_id = error.request_id().map(str::to_owned);
    view! {
        <Failure
            title="This could not be loaded"
            text=error.to_string()
            nostrip:request_id=request_id
            on_retry=retry
        />
    }
    .into_any()
}

/// Says that what is shown is not what the server has now.
#[component]
fn StaleNote(
    error: Signal<Option<ApiError>>,
    fetched_at: Signal<Option<f64>>,
    refetch: Callback<()>,
) -> impl IntoView {
    let note = move |error: ApiError| {
        let since = fetched_at.get_untracked().map(time_of_day).unwrap_or_default();
        let retry = move || {
            view! { <Button size=Size::Small icon=IconName::Refresh on_click=move |_| refetch.run(())>"Try again"</Button> }
        };
        view! {
            <Banner tone=Tone::Warning icon=IconName::Alert action=retry>
                {error.to_string()} " What you see is as of " {since} "."
            </Banner>
        }
    };
    move || error.get().map(note)
}
