//! A press on something that is drawn anew before it is released: browsers make no click of that, so a table that is alive
//! would lose some.

use leptos::ev::PointerEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, MouseEvent, MouseEventInit};

use super::focus::Place;
use super::hit::Hit;

/// What was pressed, and in which cell.
pub(super) type Pressed = StoredValue<Option<(Element, Place)>, LocalStorage>;

/// Takes note of what is pressed.
pub(super) fn hold(pressed: Pressed, event: &PointerEvent) {
    let is_plain = event.is_primary() && event.button() == 0;
    let held = target(event).filter(|_| is_plain).zip(Hit::of(event).map(|hit| hit.place));
    pressed.set_value(held);
}

/// Clicks in the browser's place, where what was pressed is gone and the same cell is below the pointer.
pub(super) fn release(pressed: Pressed, event: &PointerEvent) {
    let held = pressed.try_update_value(Option::take).flatten();
    let Some((gone, place)) = held.filter(|(element, _)| !element.is_connected()) else { return };
    let is_same = Hit::of(event).is_some_and(|hit| hit.place == place);
    if let Some(target) = target(event).filter(|target| is_same && *target != gone)
        && let Ok(click) = click(event)
    {
        // Whether somebody prevented what the browser does, is nothing to the table.
        let _ = target.dispatch_event(&click);
    }
}

fn target(event: &PointerEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn click(event: &PointerEvent) -> Result<Event, wasm_bindgen::JsValue> {
    let options = MouseEventInit::new();
    options.set_bubbles(true);
    options.set_cancelable(true);
    options.set_ctrl_key(event.ctrl_key());
    options.set_meta_key(event.meta_key());
    options.set_shift_key(event.shift_key());
    options.set_alt_key(event.alt_key());
    options.set_detail(1);
    MouseEvent::new_with_mouse_event_init_dict("click", &options).map(Into::into)
}
