//! What somebody else makes of a saved thing while it is changed on screen.

use leptos::prelude::*;
use serde::de::DeserializeOwned;

use crate::queries::ApiError;
use crate::ui::Toasts;

/// A saved thing as it was when the changes on screen were begun, and as somebody else has made it meanwhile. A handle.
#[derive(Debug)]
pub struct Meanwhile<T: 'static> {
    base: StoredValue<Option<T>>,
    /// The thing as somebody else has made it, once an update was refused for that.
    pub overtaken: RwSignal<Option<T>>,
}

impl<T> Clone for Meanwhile<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Meanwhile<T> {}

impl<T: Clone + DeserializeOwned + Send + Sync + 'static> Meanwhile<T> {
    /// For the thing that is `open`; `id` tells one from another. What differs on screen is changed in the thing as it is
    /// when the first of it is changed.
    pub fn new<I: PartialEq + 'static>(
        open: impl Fn() -> Option<T> + 'static,
        is_as_saved: impl Fn() -> bool + 'static,
        id: fn(&T) -> I,
    ) -> Self {
        let own = Self { base: StoredValue::new(None), overtaken: RwSignal::new(None) };
        Effect::new(move || {
            let (open, is_as_saved) = (open(), is_as_saved());
            own.base.try_update_value(|base| {
                if is_as_saved || base.as_ref().map(id) != open.as_ref().map(id) {
                    *base = open;
                }
            });
        });
        own
    }

    /// The thing as it was when the changes on screen were begun.
    pub fn base(self) -> Option<T> {
        self.base.try_get_value().flatten()
    }

    /// Tells how updates ended: of one that somebody else was faster than the dialog, of all others a message.
    pub fn hear(
        self,
        answer: impl Fn() -> Option<Result<(), ApiError>> + 'static,
        open: impl Fn() -> Option<T> + 'static,
        updated: &'static str,
    ) {
        Effect::new(move || match answer() {
            Some(Ok(())) => {
                // What comes next is changed in the thing as it is then.
                self.base.try_set_value(None);
                self.overtaken.set(None);
                Toasts::current().success(updated);
            }
            Some(Err(ApiError::Stale(now))) => {
                self.overtaken.set(serde_json::from_value(now).ok().or_else(|| untrack(&open)));
            }
            Some(Err(error)) => {
                Toasts::current().failure(error.to_string(), error.request_id().map(str::to_owned));
            }
            None => {}
        });
    }
}
