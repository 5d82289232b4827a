//! Asks before something of the person's is done away with.

use leptos::prelude::*;

use crate::queries::Write;
use crate::ui::{Confirm, Toasts};
use crate::widgets::open_about;

/// The words of the question.
pub(super) struct Words {
    /// What is done, and to what: `Delete connection`.
    pub(super) action: &'static str,
    /// What is told afterwards.
    pub(super) done: &'static str,
    /// What goes with it.
    pub(super) losses: &'static str,
}

/// Asks whether to do away with `thing`, while there is one.
#[component]
pub(super) fn Discard<T, A>(
    thing: RwSignal<Option<T>>,
    /// What it is called.
    name: fn(&T) -> &str,
    words: Words,
    /// Does away with it.
    write: Write<A, ()>,
    /// What is sent; nothing while that is not known.
    request: impl Fn(T) -> Option<A> + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    A: Send + Sync + 'static,
{
    let open = open_about(thing);
    // What went wrong with one says nothing of the next.
    Effect::new(move || {
        if open.get() {
            write.clear();
        }
    });
    Effect::new(move || {
        if matches!(*write.value().read(), Some(Ok(()))) {
            open.set(false);
            Toasts::current().success(words.done);
        }
    });
    let called = Memo::new(move |before: Option<&String>| match &*thing.read() {
        Some(thing) => name(thing).to_owned(),
        None => before.cloned().unwrap_or_default(),
    });
    let verb = words.action.split(' ').next().unwrap_or_default();
    let send = move |()| {
        if let Some(request) = thing.get_untracked().and_then(&request) {
            write.dispatch_local(request);
        }
    };
    let error = Signal::derive(move || Some(write.value().get()?.err()?.to_string()));
    view! {
        <Confirm
            open
            title=Signal::derive(move || format!("{verb} {}?", called.get()))
            action=words.action
            busy=write.pending()
            error
            on_confirm=send
        >
            <p>{words.losses}</p>
        </Confirm>
    }
}
