//! Asking the person for her password before what the server wants confirmed.

use futures::channel::oneshot;
use leptos::prelude::*;

use super::Cache;

/// Who waits until the person has confirmed that it is she, or does not want to.
#[derive(Clone, Copy)]
pub struct Confirmation {
    waiting: StoredValue<Vec<oneshot::Sender<bool>>, LocalStorage>,
    /// Whether she is asked.
    asked: RwSignal<bool>,
}

impl Confirmation {
    pub(super) fn new() -> Self {
        Self { waiting: StoredValue::new_local(Vec::new()), asked: RwSignal::new(false) }
    }

    /// That of the app. Panics outside of it.
    #[must_use]
    pub fn current() -> Self {
        Cache::current().confirmation()
    }

    /// Whether the person is asked; false again once she has answered.
    #[must_use]
    pub fn asked(self) -> RwSignal<bool> {
        self.asked
    }

    /// Tells those who wait whether the person has confirmed.
    pub fn settle(self, confirmed: bool) {
        if self.asked.try_get_untracked() == Some(true) {
            self.asked.set(false);
        }
        let waiting = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
        for waiting in waiting {
            // Who has gone meanwhile need not know.
            let _ = waiting.send(confirmed);
        }
    }

    /// Asks the person, and waits for what she does.
    pub(super) async fn confirmed(self) -> bool {
        let (answer, answered) = oneshot::channel();
        self.waiting.try_update_value(|waiting| waiting.push(answer));
        self.asked.try_set(true);
        answered.await.unwrap_or(false)
    }
}
