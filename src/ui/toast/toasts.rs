//! The messages, and who may add one.

use leptos::prelude::*;

use crate::ui::id::unique_id;

/// Messages on screen at once; older ones make room.
const MOST: usize = 3;

/// A message.
#[derive(Debug, Clone)]
pub(super) struct Toast {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) fate: Fate,
}

/// What becomes of a message.
#[derive(Debug, Clone)]
pub(super) enum Fate {
    /// It tells of a success and goes by itself; with a callback it can be undone until then.
    Passes { undo: Option<Callback<()>> },
    /// It tells of a failure and stays until dismissed; with the request's name in the server's log.
    Stays { request_id: Option<String> },
}

/// Short messages in the corner of the screen, newest last; at most three.
#[derive(Debug, Clone, Copy)]
pub struct Toasts(RwSignal<Vec<Toast>>);

impl Toasts {
    /// Makes messages possible for everything below; `ToastStack` shows them.
    pub fn provide() {
        provide_context(Self(RwSignal::new(Vec::new())));
    }

    /// The messages of the app. A caller outside of it gets messages of its own, which nobody sees.
    pub fn current() -> Self {
        use_context().unwrap_or_else(|| Self(RwSignal::new(Vec::new())))
    }

    /// Says that something worked; gone after eight seconds.
    pub fn success(self, text: impl Into<String>) {
        self.add(text.into(), Fate::Passes { undo: None });
    }

    /// Says that something worked, and offers to undo it for eight seconds.
    pub fn success_with_undo(self, text: impl Into<String>, undo: impl Into<Callback<()>>) {
        self.add(text.into(), Fate::Passes { undo: Some(undo.into()) });
    }

    /// Says that something failed; stays until dismissed.
    pub fn failure(self, text: impl Into<String>, request_id: Option<String>) {
        self.add(text.into(), Fate::Stays { request_id });
    }

    pub(super) fn list(self) -> Vec<Toast> {
        self.0.get()
    }

    pub(super) fn dismiss(self, id: &str) {
        self.0.update(|toasts| toasts.retain(|toast| toast.id != id));
    }

    fn add(self, text: String, fate: Fate) {
        self.0.update(|toasts| {
            toasts.push(Toast { id: unique_id("toast"), text, fate });
            let surplus = toasts.len().saturating_sub(MOST);
            toasts.drain(..surplus);
        });
    }
}
