//! Who is signed in, in this tab and in the others.

use leptos::ev;
use leptos::prelude::*;
use models::person::User;
use models::session::Session as Answer;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

use crate::queries::{self, Cache, Query, Topic};

/// The name of the channel between the tabs, and what is said on it.
const CHANNEL: &str = "session";
const SIGNED_IN: &str = "signed in";
const SIGNED_OUT: &str = "signed out";

/// Who is signed in. The page belongs to the person it was opened by until she signs out: when her session ends by
/// itself, the page stays and [`Session::is_lost`] asks her to sign in again.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    cache: Cache,
    answer: Query<Option<Answer>>,
    owner: RwSignal<Option<User>>,
    channel: StoredValue<Option<BroadcastChannel>, LocalStorage>,
}

/// What is known of who is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// The server has not answered yet.
    Unknown,
    /// Nobody is.
    SignedOut,
    /// The page belongs to somebody.
    SignedIn,
}

impl Session {
    /// Asks who is signed in, for all below the present owner. Needs the [`Cache`].
    pub(crate) fn provide() -> Self {
        let session = Self {
            cache: Cache::current(),
            answer: queries::session::current(),
            owner: RwSignal::new(None),
            channel: StoredValue::new_local(BroadcastChannel::new(CHANNEL).ok()),
        };
        Effect::new(move || {
            // The same answer once more is news, too: that the session was not lost after all.
            session.answer.fetched_at.track();
            if let Some(answer) = session.answer.value.get() {
                session.take_note(answer.as_ref().as_ref());
            }
        });
        Effect::new(move || {
            if session.cache.signed_out().get() {
                session.cache.forget(Topic::Session);
            }
        });
        session.listen();
        provide_context(session);
        session
    }

    /// The session of the app. Panics outside of it.
    #[must_use]
    pub(crate) fn current() -> Self {
        expect_context()
    }

    /// What is known of who is signed in.
    #[must_use]
    pub(crate) fn standing(self) -> Standing {
        if self.owner.with(Option::is_some) {
            return Standing::SignedIn;
        }
        match self.answer.value.get().as_deref() {
            Some(Some(_)) => Standing::SignedIn,
            Some(None) => Standing::SignedOut,
            None => Standing::Unknown,
        }
    }

    /// Who the page belongs to.
    #[must_use]
    pub(crate) fn user(self) -> Option<User> {
        self.owner.get()
    }

    /// The question to the server, to show why it failed.
    #[must_use]
    pub(crate) fn query(self) -> Query<Option<Answer>> {
        self.answer
    }

    /// Whether the session of the person whose page this is has ended.
    #[must_use]
    pub(crate) fn is_lost(self) -> bool {
        self.cache.signed_out().get() && self.owner.with(Option::is_some)
    }

    /// Tells the other tabs that somebody has signed in here.
    pub(crate) fn announce(self) {
        self.say(SIGNED_IN);
    }

    /// Drops all that belongs to the person, here and in the other tabs. To be called after signing out.
    pub(crate) fn end(self) {
        self.say(SIGNED_OUT);
        self.forget_person();
    }

    fn take_note(self, answer: Option<&Answer>) {
        let lost = self.cache.signed_out();
        match (self.owner.get_untracked(), answer) {
            // What is on screen belongs to somebody else.
            (Some(before), Some(now)) if before.user_id != now.user.user_id => reload(),
            (Some(before), Some(now)) => {
                // She may have changed her name.
                if before != now.user {
                    self.owner.set(Some(now.user.clone()));
                }
                if lost.get_untracked() {
                    lost.set(false);
                    self.cache.forget_all();
                }
            }
            (None, Some(now)) => {
                lost.set(false);
                self.owner.set(Some(now.user.clone()));
            }
            // Said once: who hears it asks the server again, and comes here with the same answer.
            (Some(_), None) if !lost.get_untracked() => lost.set(true),
            (Some(_) | None, None) => {}
        }
    }

    fn forget_person(self) {
        self.cache.clear();
        self.owner.set(None);
        self.cache.signed_out().set(false);
        self.cache.forget(Topic::Session);
    }

    fn say(self, what: &str) {
        if let Some(channel) = self.channel.try_get_value().flatten() {
            // Tabs that do not hear it find out when they next ask the server.
            let _ = channel.post_message(&what.into());
        }
    }

    /// Hears of the other tabs, and of this one being shown again as it was left.
    fn listen(self) {
        let hear = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if event.data().as_string().as_deref() == Some(SIGNED_OUT) {
                self.forget_person();
            } else {
                self.cache.forget(Topic::Session);
            }
        });
        if let Some(channel) = self.channel.try_get_value().flatten() {
            channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        }
        let hear = StoredValue::new_local(hear);
        let shown = window_event_listener(ev::pageshow, move |event| {
            if event.persisted() {
                self.cache.forget(Topic::Session);
            }
        });
        on_cleanup(move || {
            shown.remove();
            if let Some(channel) = self.channel.try_get_value().flatten() {
                channel.close();
            }
            hear.dispose();
        });
    }
}

fn reload() {
    // A page that cannot be reloaded is being closed.
    let _ = window().location().reload();
}
