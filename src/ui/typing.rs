//! Whether a key press is meant for a field.

use leptos::ev::KeyboardEvent;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget};

/// Whether the key goes into a field, or a dialog is in front: shortcuts of one letter must then keep still.
pub fn is_typing(event: &KeyboardEvent) -> bool {
    within(event.target(), "input, textarea, select, [contenteditable], dialog")
}

/// Whether the target of an event is, or stands in, an element that the selector names.
pub(super) fn within(target: Option<EventTarget>, selector: &str) -> bool {
    let element = target.and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| element.closest(selector).ok().flatten().is_some())
}
