//! All that the console has read, until nobody looks at it any more.

use std::any::TypeId;
use std::sync::Arc;

use leptos::prelude::*;

use super::confirmation::Confirmation;
use super::entry::{Ask, Entry, Observer, State, Value};
use super::{Topic, clock};
use crate::api::ApiError;

/// How long an answer that nobody looks at is kept, so that going back is instant.
const KEPT_FOR_MS: f64 = 5.0 * 60_000.0;

/// All that the console has read.
#[derive(Clone, Copy)]
pub struct Cache {
    entries: StoredValue<Vec<Arc<Entry>>>,
    /// What is being deleted here, and what was.
    leaving: StoredValue<Vec<Topic>>,
    signed_out: RwSignal<bool>,
    confirmation: Confirmation,
}

impl Cache {
    /// Makes an empty cache for all below the present owner.
    pub fn provide() {
        provide_context(Self {
            entries: StoredValue::new(Vec::new()),
            leaving: StoredValue::new(Vec::new()),
            signed_out: RwSignal::new(false),
            confirmation: Confirmation::new(),
        });
    }

    /// The cache of the app. Panics outside of it.
    #[must_use]
    pub fn current() -> Self {
        expect_context()
    }

    /// Becomes true when the server answers that nobody is signed in any more; who reacts sets it back.
    #[must_use]
    pub fn signed_out(self) -> RwSignal<bool> {
        self.signed_out
    }

    /// Asks the person for her password when the server wants it confirmed that it is she.
    pub(super) fn confirmation(self) -> Confirmation {
        self.confirmation
    }

    /// Declares wrong what is known of `topic`. What is looked at is asked for anew.
    pub fn forget(self, topic: Topic) {
        self.forget_where(|entry| topic.covers(entry.topic));
    }

    /// Takes note of a change that somebody else made: what is looked at is asked for anew, but what is already on
    /// its way is waited for.
    pub(super) fn renew(self, topic: Topic) {
        let is_leaving =
            |topic| self.leaving.try_with_value(|leaving| leaving.contains(&topic)) == Some(true);
        for entry in self.snapshot() {
            if topic.covers(entry.topic) && !is_leaving(entry.topic) {
                entry.overtake();
            }
        }
    }

    /// Takes note that topics are being deleted here: to hear that they changed is no reason to ask for them.
    pub(super) fn take_leave(self, topics: &[Topic]) {
        self.leaving.try_update_value(|leaving| leaving.extend(topics));
    }

    /// Takes note that topics were not deleted after all.
    pub(super) fn keep(self, topics: &[Topic]) {
        self.leaving.try_update_value(|leaving| leaving.retain(|topic| !topics.contains(topic)));
        topics.iter().for_each(|topic| self.forget(*topic));
    }

    /// Declares wrong all that is known.
    pub fn forget_all(self) {
        self.forget_where(|_| true);
    }

    /// Asks again for what could not be had, where that may pass by itself.
    pub fn retry_failed(self) {
        self.forget_where(|entry| {
            entry.state().with_untracked(|state| state.error.as_ref().is_some_and(ApiError::is_passing))
        });
    }

    /// Whether no answer is on its way.
    #[must_use]
    pub fn is_at_rest(self) -> bool {
        self.snapshot().iter().all(|entry| !entry.freshness().is_under_way())
    }

    /// Drops all that is known, as when somebody else signs in. Nothing is asked anew.
    pub fn clear(self) {
        for entry in self.snapshot() {
            entry.forget();
            entry.state().set(State::default());
        }
        self.entries.try_update_value(|entries| entries.retain(|entry| entry.is_observed()));
    }

    /// Looks at a question; asks it unless the answer is fresh.
    pub(super) fn observe(
        self,
        topic: Topic,
        endpoint: TypeId,
        argument: Box<dyn Value>,
        ask: Ask,
    ) -> Observer {
        let known = self.snapshot().into_iter().find(|entry| entry.is(topic, endpoint, &*argument));
        let entry = known.unwrap_or_else(|| {
            let entry = Arc::new(Entry::new(topic, endpoint, argument, ask, self.signed_out));
            self.entries.try_update_value(|entries| {
                sweep(entries);
                entries.push(Arc::clone(&entry));
            });
            entry
        });
        let observer = Observer::new(entry);
        observer.entry().refresh();
        observer
    }

    fn snapshot(self) -> Vec<Arc<Entry>> {
        self.entries.try_get_value().unwrap_or_default()
    }

    fn forget_where(self, wrong: impl Fn(&Entry) -> bool) {
        for entry in self.snapshot().iter().filter(|entry| wrong(entry)) {
            entry.forget();
            if entry.is_observed() {
                entry.refresh();
            }
        }
    }
}

/// Drops what nobody has looked at for long.
fn sweep(entries: &mut Vec<Arc<Entry>>) {
    let now = clock::now_ms();
    entries.retain(|entry| {
        let known = entry.freshness();
        entry.is_observed()
            || known.is_under_way()
            || known.answered_at().is_some_and(|at| now - at < KEPT_FOR_MS)
    });
}
