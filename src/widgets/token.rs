//! Tokens that come in an address.

use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// Takes the parameter `token` out of the page's address, so that it is neither seen, nor kept in the history, nor
/// sent along; `None` when there is none.
pub fn take_token() -> Option<String> {
    let location = window().location();
    let query = web_sys::UrlSearchParams::new_with_str(&location.search().ok()?).ok()?;
    let token = query.get("token").filter(|token| !token.is_empty())?;
    let path = location.pathname().ok()?;
    window().history().ok()?.replace_state_with_url(&JsValue::NULL, "", Some(&path)).ok()?;
    Some(token)
}
