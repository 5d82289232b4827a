//! One question and what is known of its answer. The types of both are erased, so that the machinery exists once.

use std::any::{Any, TypeId};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::future::{AbortHandle, LocalBoxFuture, abortable};
use leptos::prelude::*;

use super::freshness::Freshness;
use super::telling::Telling;
use super::{Topic, clock};
use crate::api::ApiError;

/// An argument or an answer of some type, comparable with others.
pub(super) trait Value: Any + Send + Sync {
    fn equals(&self, other: &dyn Value) -> bool;
}

impl<T: PartialEq + Send + Sync + 'static> Value for T {
    fn equals(&self, other: &dyn Value) -> bool {
        (other as &dyn Any).downcast_ref::<T>() == Some(self)
    }
}

/// An answer, shared by all who look at it.
pub(super) type Answer = Arc<dyn Value>;

/// Sends the question anew each time.
pub(super) type Ask = Arc<dyn Fn() -> LocalBoxFuture<'static, Result<Answer, ApiError>> + Send + Sync>;

/// What is shown of an entry.
#[derive(Clone, Default)]
pub(super) struct State {
    pub(super) answer: Option<Answer>,
    pub(super) error: Option<ApiError>,
    pub(super) fetching: bool,
    /// When the answer came, in milliseconds since the Unix epoch by this machine's clock.
    pub(super) fetched_at: Option<f64>,
}

/// One question and what is known of its answer.
pub(super) struct Entry {
    pub(super) topic: Topic,
    endpoint: TypeId,
    argument: Box<dyn Value>,
    ask: Ask,
    freshness: Mutex<Freshness>,
    abort: Mutex<Option<AbortHandle>>,
    /// How many look at it.
    observers: AtomicUsize,
    /// Told when the server says that nobody is signed in.
    signed_out: RwSignal<bool>,
    state: Telling<State>,
}

impl Entry {
    pub(super) fn new(
        topic: Topic,
        endpoint: TypeId,
        argument: Box<dyn Value>,
        ask: Ask,
        signed_out: RwSignal<bool>,
    ) -> Self {
        Self {
            topic,
            endpoint,
            argument,
            ask,
            freshness: Mutex::default(),
            abort: Mutex::default(),
            observers: AtomicUsize::new(0),
            signed_out,
            state: Telling::default(),
        }
    }

    pub(super) fn is(&self, topic: Topic, endpoint: TypeId, argument: &dyn Value) -> bool {
        self.topic == topic && self.endpoint == endpoint && self.argument.equals(argument)
    }

    /// What is shown of it; to be asked for anew each time that it is read.
    pub(super) fn state(&self) -> ArcRwSignal<State> {
        self.state.signal()
    }

    pub(super) fn freshness(&self) -> MutexGuard<'_, Freshness> {
        self.freshness.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn abort_slot(&self) -> MutexGuard<'_, Option<AbortHandle>> {
        self.abort.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether anybody looks at it.
    pub(super) fn is_observed(&self) -> bool {
        self.observers.load(Ordering::Relaxed) > 0
    }

    /// Ends the request that is on its way.
    fn stop(&self) {
        if let Some(handle) = self.abort_slot().take() {
            handle.abort();
        }
    }

    /// Declares wrong what is known, without asking anew.
    pub(super) fn forget(&self) {
        self.freshness().forget();
        self.stop();
    }

    /// Takes note of a change elsewhere: asks anew, once what is on its way has come.
    pub(super) fn overtake(self: &Arc<Self>) {
        self.freshness().overtake();
        if self.is_observed() {
            self.refresh();
        }
    }

    /// Asks, unless what is known is fresh or already asked for.
    pub(super) fn refresh(self: &Arc<Self>) {
        let needed = self.freshness().needs_asking(clock::now_ms());
        if needed {
            self.send();
        }
    }

    /// Asks in any case; a request that is on its way no longer counts.
    fn send(self: &Arc<Self>) {
        self.stop();
        let number = self.freshness().ask();
        self.state.signal().update(|state| state.fetching = true);
        let (request, handle) = abortable((self.ask)());
        *self.abort_slot() = Some(handle);
        let entry = Arc::clone(self);
        leptos::task::spawn_local(async move {
            if let Ok(outcome) = request.await {
                entry.settle(number, &outcome);
                let was_overtaken = entry.freshness().was_overtaken();
                if was_overtaken && entry.is_observed() {
                    entry.refresh();
                }
            } else {
                entry.abandon(number);
            }
        });
    }

    fn settle(&self, number: u64, outcome: &Result<Answer, ApiError>) {
        let now = clock::now_ms();
        if !self.freshness().answer(number, outcome.is_ok(), now) {
            return;
        }
        self.state.signal().update(|state| {
            state.fetching = false;
            match outcome {
                Ok(answer) => {
                    state.answer = Some(Arc::clone(answer));
                    state.error = None;
                    state.fetched_at = Some(now);
                }
                Err(error) => {
                    state.error = Some(error.clone());
                    if matches!(error, ApiError::NotFound | ApiError::Forbidden(_)) {
                        state.answer = None;
                    }
                }
            }
        });
        // Whoever hears it asks who is signed in: that question must not raise itself.
        if self.topic != Topic::Session && matches!(outcome, Err(ApiError::Unauthorized)) {
            self.signed_out.try_set(true);
        }
    }

    /// Nobody waited for the request any more. Somebody who came since thought it was on its way, so it is sent again.
    fn abandon(self: &Arc<Self>, number: u64) {
        if !self.freshness().answer(number, false, clock::now_ms()) {
            return;
        }
        self.state.signal().update(|state| state.fetching = false);
        if self.is_observed() {
            self.refresh();
        }
    }
}

/// Somebody who looks at an entry. When the last one leaves, the request on its way ends.
pub(super) struct Observer(Arc<Entry>);

impl Observer {
    pub(super) fn new(entry: Arc<Entry>) -> Self {
        entry.observers.fetch_add(1, Ordering::Relaxed);
        entry.state.tidy();
        Self(entry)
    }

    pub(super) fn entry(&self) -> &Arc<Entry> {
        &self.0
    }
}

impl Drop for Observer {
    fn drop(&mut self) {
        self.0.state.left();
        if self.0.observers.fetch_sub(1, Ordering::Relaxed) == 1 {
            self.0.stop();
        }
    }
}

impl PartialEq for Observer {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}
