//! What changed, pushed by the server.

use models::event::Event;
use models::paths;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EventSource, MessageEvent};

use super::http::{self, Query};

/// What the stream of changes says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Message {
    /// It is open; changes come from now on.
    Opened,
    /// Something changed.
    Changed(Event),
    /// Changes were missed: nothing that is known can be trusted.
    Missed,
    /// It broke; the browser connects again by itself.
    Interrupted,
    /// It ended and will not come back.
    Ended,
}

/// An open stream of changes. Closes when it is dropped.
pub(crate) struct Stream {
    source: EventSource,
    _listeners: Vec<Closure<dyn Fn(JsValue)>>,
}

impl Stream {
    /// `GET /api/events`: all that changes in the projects that the person may see; `None` when the browser refuses.
    pub(crate) fn open(hear: impl Fn(Message) + Clone + 'static) -> Option<Self> {
        let source = EventSource::new(&http::address(&paths::events(), &Query::none())).ok()?;
        let state = source.clone();
        let listeners = vec![
            on(&source, "open", &hear, |_| Some(Message::Opened)),
            on(&source, "change", &hear, |event| changed(&event).map(Message::Changed)),
            on(&source, "reset", &hear, |_| Some(Message::Missed)),
            on(&source, "error", &hear, move |_| {
                let ended = state.ready_state() == EventSource::CLOSED;
                Some(if ended { Message::Ended } else { Message::Interrupted })
            }),
        ];
        Some(Self { source, _listeners: listeners })
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.close();
    }
}

fn on(
    source: &EventSource,
    name: &str,
    hear: &(impl Fn(Message) + Clone + 'static),
    read: impl Fn(JsValue) -> Option<Message> + 'static,
) -> Closure<dyn Fn(JsValue)> {
    let hear = hear.clone();
    let listener = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
        if let Some(message) = read(event) {
            hear(message);
        }
    });
    // Only a name that is no text could be refused.
    let _ = source.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
    listener
}

/// An event that this version does not know is passed over.
fn changed(event: &JsValue) -> Option<Event> {
    let data = event.dyn_ref::<MessageEvent>()?.data().as_string()?;
    serde_json::from_str(&data).ok()
}
