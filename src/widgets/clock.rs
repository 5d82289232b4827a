//! What time it is, for what tells ages and durations.

use std::time::Duration;

use leptos::prelude::*;
use models::time::UnixMillis;

use crate::queries::clock::server_time;

/// The time by the server's clock. It stands still while nobody looks at the page.
#[derive(Clone, Copy)]
pub struct Clock {
    seconds: Hand,
    half_minutes: Hand,
}

/// A hand of the clock. Each time that it shows is a signal of its own: who has read a signal stays in its list, also when
/// that is gone, and whatever told an age on a page that was left would stay in memory as long as the clock.
#[derive(Clone, Copy)]
struct Hand(StoredValue<ArcRwSignal<UnixMillis>>);

impl Hand {
    fn new() -> Self {
        Self(StoredValue::new(ArcRwSignal::new(server_time())))
    }

    fn get(self) -> UnixMillis {
        self.0.try_get_value().map_or_else(server_time, |now| now.get())
    }

    fn move_on(self) {
        let now = server_time();
        let before = self.0.try_update_value(|shown| std::mem::replace(shown, ArcRwSignal::new(now)));
        if let Some(before) = before {
            before.set(now);
        }
    }
}

impl Clock {
    /// Starts the clock for all below the present owner.
    pub fn provide() {
        let clock = Self { seconds: Hand::new(), half_minutes: Hand::new() };
        let second = every(Duration::from_secs(1), move || clock.seconds.move_on());
        let half_minute = every(Duration::from_secs(30), move || clock.half_minutes.move_on());
        let seen = window_event_listener_untyped("visibilitychange", move |_| {
            clock.seconds.move_on();
            clock.half_minutes.move_on();
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
        self.seconds.get()
    }

    /// Now, to half a minute.
    #[must_use]
    pub fn about_now(self) -> UnixMillis {
        self.half_minutes.get()
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
