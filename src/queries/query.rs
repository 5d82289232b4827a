//! A question as a view sees it: what is known, what went wrong, whether an answer is on its way.

use std::any::{Any, TypeId};
use std::sync::Arc;

use futures::future::LocalBoxFuture;
use leptos::prelude::*;

use super::entry::Answer;
use super::watch::Watch;
use super::{Cache, Topic};
use crate::api::ApiError;

/// A question as a view sees it. A handle: copy it freely.
pub struct Query<T: Send + Sync + 'static> {
    /// The last good answer; it stays while a newer one is on its way, and when that one fails.
    pub value: Signal<Option<Arc<T>>>,
    /// Why the last try failed; `None` while none did.
    pub error: Signal<Option<ApiError>>,
    /// Whether an answer is on its way.
    pub fetching: Signal<bool>,
    /// When the answer came, in milliseconds since the Unix epoch by this machine's clock.
    pub fetched_at: Signal<Option<f64>>,
    /// Asks again, however fresh the answer is.
    pub refetch: Callback<()>,
}

impl<T: Send + Sync + 'static> Clone for Query<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Query<T> {}

/// Asks `fetch` for `argument`, and anew whenever that changes or the topic is forgotten. While the answer for a new
/// argument is on its way, the last one of the same topic stays.
pub fn read<A, T, F, Fut>(
    topic: fn(&A) -> Topic,
    fetch: F,
    argument: impl Fn() -> A + Send + Sync + 'static,
) -> Query<T>
where
    A: Clone + PartialEq + Send + Sync + 'static,
    T: PartialEq + Send + Sync + 'static,
    F: Fn(A) -> Fut + Copy + Send + Sync + 'static,
    Fut: Future<Output = Result<T, ApiError>> + 'static,
{
    read_when(topic, fetch, move || Some(argument()))
}

/// Like [`read`], but asks nothing while there is no argument.
pub fn read_when<A, T, F, Fut>(
    topic: fn(&A) -> Topic,
    fetch: F,
    argument: impl Fn() -> Option<A> + Send + Sync + 'static,
) -> Query<T>
where
    A: Clone + PartialEq + Send + Sync + 'static,
    T: PartialEq + Send + Sync + 'static,
    F: Fn(A) -> Fut + Copy + Send + Sync + 'static,
    Fut: Future<Output = Result<T, ApiError>> + 'static,
{
    let cache = Cache::current();
    let argument = Memo::new(move |_| argument());
    let watch = Watch::new(move || {
        let argument = argument.get()?;
        let asked = argument.clone();
        let ask = Arc::new(move || -> LocalBoxFuture<'static, Result<Answer, ApiError>> {
            let answer = fetch(asked.clone());
            Box::pin(async move { answer.await.map(|answer| Arc::new(answer) as Answer) })
        });
        // The type of a function tells it from all others.
        Some(cache.observe(topic(&argument), TypeId::of::<F>(), Box::new(argument), ask))
    });
    let value = move || {
        let answer: Arc<dyn Any + Send + Sync> = watch.shown.with(|shown| shown.answer.clone())?;
        answer.downcast::<T>().ok()
    };
    Query {
        value: Signal::derive(value),
        error: watch.error.into(),
        fetching: watch.fetching.into(),
        fetched_at: watch.fetched_at.into(),
        refetch: watch.refetch,
    }
}
