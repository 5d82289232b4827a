//! Where the keyboard and the screen reader are led when a page opens.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

const PAGE: &str = "page";

/// Leads to the heading of the page, or to the page while it has none.
pub(super) fn focus() {
    let find = |selector| document().query_selector(selector).ok().flatten();
    let target = find("#page h1[tabindex]").or_else(|| find("#page"));
    if let Some(element) = target.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        // A heading that left the page since needs no focus.
        let _ = element.focus();
    }
}

/// Leads from the page to its heading, when that came later.
pub(super) fn focus_late() {
    if document().active_element().is_some_and(|active| active.id() == PAGE) {
        focus();
    }
}
