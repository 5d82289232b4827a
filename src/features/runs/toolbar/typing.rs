//! A filter that is being typed, until it is applied.

use std::time::Duration;

use leptos::prelude::*;
use models::query::parse;

use crate::features::runs::address::Address;
use crate::widgets::UrlHistory;

/// How long to wait for the next letter before the filter is applied.
const PAUSE: Duration = Duration::from_millis(450);

/// What is being typed, until it is applied.
#[derive(Clone, Copy)]
pub(super) struct Typing {
    address: Address,
    /// What stands in the line.
    pub(super) draft: RwSignal<String>,
    waiting: StoredValue<Option<TimeoutHandle>>,
    /// What was applied from here and has not reached the address yet.
    sent: StoredValue<Option<String>>,
    /// Whether this filter was applied while it was typed, so that the rest of the typing adds no step to the history.
    is_step: StoredValue<bool>,
}

impl Typing {
    /// Begins with the filter of the address, and follows it.
    pub(super) fn new(address: Address) -> Self {
        let draft = RwSignal::new(address.url.get_untracked().filter);
        let typing = Self {
            address,
            draft,
            waiting: StoredValue::new(None),
            sent: StoredValue::new(None),
            is_step: StoredValue::new(false),
        };
        on_cleanup(move || typing.stop_waiting());
        let applied = Memo::new(move |_| address.url.read().filter.clone());
        Effect::new(move || typing.take_over(&applied.read()));
        typing
    }

    /// Takes what stands in the line now; it is applied after a pause.
    pub(super) fn type_in(self, text: String) {
        self.draft.set(text);
        self.stop_waiting();
        let apply = move || {
            self.send();
            self.is_step.try_update_value(|is_step| *is_step = true);
        };
        self.waiting.set_value(set_timeout_with_handle(apply, PAUSE).ok());
    }

    /// The person is done with it.
    pub(super) fn apply(self) {
        self.stop_waiting();
        self.send();
        self.is_step.set_value(false);
    }

    /// Shows all runs.
    pub(super) fn clear(self) {
        self.draft.set(String::new());
        self.apply();
    }

    fn send(self) {
        let Some(text) = self.draft.try_get_untracked().filter(|text| parse(text).is_ok()) else { return };
        let is_step = self.is_step.try_get_value().unwrap_or(false);
        let history = if is_step { UrlHistory::Replace } else { UrlHistory::Push };
        let text = text.trim();
        if self.address.url.with_untracked(|url| url.filter != text) {
            self.sent.try_update_value(|sent| *sent = Some(text.to_owned()));
            self.address.change(history, |url| url.filter = text.to_owned());
        }
    }

    /// Shows the filter of the address when that changed by itself, as by going back. What comes from here leaves the
    /// line as it is: more may have been typed meanwhile.
    fn take_over(self, applied: &str) {
        let sent = self.sent.try_update_value(Option::take).flatten();
        if sent.as_deref() != Some(applied) && self.draft.with_untracked(|draft| draft.trim() != applied) {
            self.stop_waiting();
            self.is_step.set_value(false);
            self.draft.set(applied.to_owned());
        }
    }

    fn stop_waiting(self) {
        if let Some(timeout) = self.waiting.try_update_value(Option::take).flatten() {
            timeout.clear();
        }
    }
}
