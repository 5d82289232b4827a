//! Puts text on the clipboard.

use leptos::ev::ClipboardEvent;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Puts the text on the clipboard; false when the browser refuses.
pub async fn copy_text(text: String) -> bool {
    let navigator = window().navigator();
    let modern = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"))
        .is_ok_and(|found| found.is_object());
    if modern && JsFuture::from(navigator.clipboard().write_text(&text)).await.is_ok() {
        return true;
    }
    copy_by_selection(&text)
}

/// The text that is being pasted; `None` where it is something else.
pub fn pasted_text(event: &ClipboardEvent) -> Option<String> {
    let data = js_sys::Reflect::get(event, &JsValue::from_str("clipboardData")).ok()?;
    let get = js_sys::Reflect::get(&data, &JsValue::from_str("getData")).ok()?;
    let get = get.dyn_into::<js_sys::Function>().ok()?;
    get.call1(&data, &JsValue::from_str("text/plain")).ok()?.as_string().filter(|text| !text.is_empty())
}

/// The way that also works on pages served without encryption, which have no clipboard interface.
fn copy_by_selection(text: &str) -> bool {
    let page = document();
    let Some(field) = page
        .create_element("textarea")
        .ok()
        .and_then(|field| field.dyn_into::<web_sys::HtmlTextAreaElement>().ok())
    else {
        return false;
    };
    field.set_value(text);
    field.set_class_name("visually-hidden");
    let before = page.active_element().and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    // Inside an open dialog, as the rest of the page cannot be selected from.
    let place = page.query_selector("dialog[open]").ok().flatten().or_else(|| page.body().map(Into::into));
    if place.is_none_or(|place| place.append_child(&field).is_err()) {
        return false;
    }
    field.select();
    let copied =
        page.dyn_into::<web_sys::HtmlDocument>().is_ok_and(|page| page.exec_command("copy").unwrap_or(false));
    field.remove();
    if let Some(before) = before {
        // It had the focus a moment ago.
        let _ = before.focus();
    }
    copied
}
