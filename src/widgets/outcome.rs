//! How a write went, in the corner of the screen.

use leptos::prelude::*;

use crate::queries::Write;
use crate::ui::Toasts;

/// Says how each dispatch of a write went: `words` when it worked, the error when it did not. For writes that have no
/// form or dialog to say it in.
pub fn tell_outcome<A, T>(write: Write<A, T>, words: &'static str)
where
    A: Send + Sync + 'static,
    T: Clone + Send + Sync + 'static,
{
    Effect::new(move || match write.value().get() {
        Some(Ok(_)) => Toasts::current().success(words),
        Some(Err(error)) => {
            Toasts::current().failure(error.to_string(), error.request_id().map(str::to_owned))
        }
        None => {}
    });
}
