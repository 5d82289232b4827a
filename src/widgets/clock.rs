//! What time it is, for what tells ages and durations.

use std::time::Duration;

use leptos::prelude::*;
use models::time::UnixMillis;

use crate::queries::clock::server_time;
use crate::ui::Told;

/// The time by the server's clock. It stands still while nobody looks at the page.
#[derive(Clone, Copy)]
pub struct Clock {
    seconds: Told<UnixMillis>,
    half_minutes: Told<UnixMillis>,
}

impl Clock {
    /// Starts the clock for all below the present owner.
    pub fn provide() {
        let clock = Self { seconds: Told::new(server_time()), half_minutes: Told::new(server_time()) };
        let second = every(Duration::from_secs(1), move || clock.seconds.set(server_time()));
        let half_minute = every(Duration::from_secs(30), move || clock.half_minutes.set(server_time()));
        let seen = window_event_listener_untyped("visibilitychange", move |_| {
            clock.seconds.set(server_time());
            clock.half_minutes.set(server_time());
        });
        on_cleanup(move || {
            seen.remove();
            [second, half_minute].into_iter().flatten().for_each(|interval| interval.clear());
        });
        provide_context(clock);
    }

    /// The clock of the app. Panics outside of it.
    #[must_use]
    pub fn current() -> Self {
        expect_context()
    }

    /// Now, to the second.
    #[must_use]
    pub fn now(self) -> UnixMillis {
        self.seconds.get().unwrap_or_else(server_time)
    }

    /// Now, to half a minute.
    #[must_use]
    pub fn about_now(self) -> UnixMillis {
        self.half_minutes.get().unwrap_or_else(server_time)
    }
}

fn every(span: Duration, work: impl Fn() + 'static) -> Option<IntervalHandle> {
    let work = move || {
        if !document().hidden() {
            work();
        }
    };
    set_interval_with_handle(work, span).ok()
}
