//! What the console changes.

use leptos::prelude::*;

use super::{Cache, Topic};
use crate::api::ApiError;

/// A write: dispatch it with its argument; it knows whether it is pending, and how the last one went.
pub type Write<A, T> = Action<A, Result<T, ApiError>>;

/// A write that forgets `topics` when it succeeded, and when it failed because what is known was stale. Where the server
/// wants it confirmed that it is the person herself, she is asked, and it is sent again.
pub fn write<A, T, F, Fut>(topics: fn(&A) -> Vec<Topic>, send: F) -> Write<A, T>
where
    A: Clone + Send + Sync + 'static,
    T: Send + Sync + 'static,
    F: Fn(A) -> Fut + Copy + Send + Sync + 'static,
    Fut: Future<Output = Result<T, ApiError>> + 'static,
{
    remove(|_| Vec::new(), topics, send)
}

/// Like [`write`], but the topics in `gone` are no more when it succeeded: nobody asks for them again.
pub fn remove<A, T, F, Fut>(gone: fn(&A) -> Vec<Topic>, topics: fn(&A) -> Vec<Topic>, send: F) -> Write<A, T>
where
    A: Clone + Send + Sync + 'static,
    T: Send + Sync + 'static,
    F: Fn(A) -> Fut + Copy + Send + Sync + 'static,
    Fut: Future<Output = Result<T, ApiError>> + 'static,
{
    let cache = Cache::current();
    Action::new_local(move |argument: &A| {
        let (argument, topics, gone) = (argument.clone(), topics(argument), gone(argument));
        async move {
            cache.take_leave(&gone);
            let mut outcome = send(argument.clone()).await;
            if matches!(outcome, Err(ApiError::Unconfirmed)) && cache.confirmation().confirmed().await {
                outcome = send(argument).await;
            }
            settle(cache, outcome.as_ref().err(), &topics, &gone);
            outcome
        }
    })
}

/// Takes note of what a write has changed, or of why it did not.
pub(super) fn settle(cache: Cache, error: Option<&ApiError>, topics: &[Topic], gone: &[Topic]) {
    if error.is_some() {
        cache.keep(gone);
    }
    if error == Some(&ApiError::Unauthorized) {
        cache.signed_out().try_set(true);
    }
    if matches!(error, None | Some(ApiError::Stale(_) | ApiError::NotFound | ApiError::TimedOut)) {
        topics.iter().for_each(|topic| cache.forget(*topic));
    }
}
