//! Keeps what is on screen true: hears of changes from the server, and of the connection from the browser.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

use super::agenda::Agenda;
use super::{Cache, clock};
use crate::api::events::{Message, Stream};

/// How often what could not be had is tried again.
const RETRY: Duration = Duration::from_secs(15);

/// Whether changes are heard of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LiveState {
    /// They are.
    Live,
    /// They will be again, soon.
    Reconnecting,
    /// Nobody looks, or nobody is signed in.
    Paused,
}

/// The connection with the server.
#[derive(Clone, Copy)]
pub struct Live {
    cache: Cache,
    state: RwSignal<LiveState>,
    online: RwSignal<bool>,
    stream: StoredValue<Option<Stream>, LocalStorage>,
    agenda: StoredValue<Agenda>,
    tries: StoredValue<u32>,
    /// Whether changes were heard of before: whatever happened since nobody listened was missed.
    was_live: StoredValue<bool>,
}

impl Live {
    /// Prepares the connection for all below the present owner. Changes are heard of while `wanted`.
    pub fn provide(wanted: Signal<bool>) {
        let live = Self {
            cache: Cache::current(),
            state: RwSignal::new(LiveState::Paused),
            online: RwSignal::new(window().navigator().on_line()),
            stream: StoredValue::new_local(None),
            agenda: StoredValue::default(),
            tries: StoredValue::new(0),
            was_live: StoredValue::new(false),
        };
        let visible = RwSignal::new(!document().hidden());
        Effect::new(move |was_open: Option<bool>| {
            let open = wanted.get() && visible.get() && live.online.get();
            if open && was_open != Some(true) {
                live.open();
            } else if !open {
                live.close();
            }
            open
        });
        live.watch_browser(visible);
        provide_context(live);
    }

    /// The connection of the app. Panics outside of it.
    #[must_use]
    pub fn current() -> Self {
        expect_context()
    }

    /// Whether changes are heard of.
    #[must_use]
    pub fn state(self) -> LiveState {
        self.state.get()
    }

    /// Whether the browser has a network.
    #[must_use]
    pub fn is_online(self) -> bool {
        self.online.get()
    }

    fn open(self) {
        self.stream.set_value(Stream::open(move |message| self.hear(message)));
    }

    fn close(self) {
        self.stream.set_value(None);
        self.tries.set_value(0);
        self.state.set(LiveState::Paused);
    }

    fn hear(self, message: Message) {
        match message {
            Message::Opened => {
                if self.was_live.try_get_value() == Some(true) {
                    self.cache.forget_all();
                }
                self.was_live.set_value(true);
                self.tries.set_value(0);
                self.state.set(LiveState::Live);
            }
            Message::Changed(event) => {
                self.agenda.try_update_value(|agenda| agenda.add(&event, clock::now_ms()));
                self.schedule();
            }
            Message::Missed => self.cache.forget_all(),
            Message::Interrupted => self.state.set(LiveState::Reconnecting),
            Message::Ended => self.reopen_later(),
        }
    }

    /// Forgets what is due, when it is.
    fn schedule(self) {
        let wait = self.agenda.try_with_value(|agenda| agenda.next(clock::now_ms())).flatten();
        let Some(wait) = wait else { return };
        let work = move || {
            let due = self.agenda.try_update_value(|agenda| agenda.take(clock::now_ms())).unwrap_or_default();
            due.into_iter().for_each(|topic| self.cache.renew(topic));
            // A timer may come a little early; then nothing is due yet.
            self.schedule();
        };
        set_timeout(work, Duration::from_millis(whole_ms(wait)));
    }

    fn reopen_later(self) {
        self.state.set(LiveState::Reconnecting);
        let tries = self.tries.try_update_value(|tries| {
            *tries = tries.saturating_add(1);
            *tries
        });
        let longest = 1_000.0 * f64::from(1_u32 << tries.unwrap_or(1).min(5));
        let pause = longest / 2.0 * (1.0 + js_sys::Math::random());
        let work = move || {
            if self.state.try_get_untracked() == Some(LiveState::Reconnecting) {
                self.open();
            }
        };
        set_timeout(work, Duration::from_millis(whole_ms(pause)));
    }

    fn watch_browser(self, visible: RwSignal<bool>) {
        let offline = window_event_listener(ev::offline, move |_| self.online.set(false));
        let online = window_event_listener(ev::online, move |_| {
            self.online.set(true);
            self.cache.retry_failed();
        });
        let seen =
            window_event_listener_untyped("visibilitychange", move |_| visible.set(!document().hidden()));
        let retry = set_interval_with_handle(move || self.cache.retry_failed(), RETRY).ok();
        on_cleanup(move || {
            offline.remove();
            online.remove();
            seen.remove();
            if let Some(retry) = retry {
                retry.clear();
            }
            self.stream.dispose();
        });
    }
}

fn whole_ms(milliseconds: f64) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a wait of seconds")]
    let whole = milliseconds.clamp(0.0, 60_000.0).ceil() as u64;
    whole
}
