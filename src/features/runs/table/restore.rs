//! Where the table was scrolled to and which groups were opened, kept with the step of the browser's history.

use std::collections::HashSet;

use leptos::html;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};

use super::TableState;
use super::pages::Path;

/// The property of the history's state that holds it.
const PROPERTY: &str = "runs";
/// More opened groups than this are not kept: browsers limit the size of the state.
const MOST_OPENED: usize = 200;

/// How the table stood when the page was left.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Remembered {
    /// How far it was scrolled, in CSS pixels.
    pub(super) top: i32,
    /// The groups that were opened.
    pub(super) opened: HashSet<Path>,
}

impl Remembered {
    /// What was kept with the present step of the history; nothing of it on a new step.
    pub(crate) fn recall() -> Self {
        let state = window().history().and_then(|history| history.state()).unwrap_or(JsValue::NULL);
        let kept = js_sys::Reflect::get(&state, &PROPERTY.into()).ok().and_then(|kept| kept.as_string());
        kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default()
    }

    /// Keeps it with the present step.
    pub(super) fn keep(mut self) {
        if self.opened.len() > MOST_OPENED {
            self.opened.clear();
        }
        let Ok(text) = serde_json::to_string(&self) else { return };
        let state = js_sys::Object::new();
        // Setting a property of a plain object cannot fail; a history that refuses only forgets the place.
        let _ = js_sys::Reflect::set(&state, &PROPERTY.into(), &text.into());
        let _ = window().history().map(|history| history.replace_state_with_url(&state, "", None));
    }

    /// The groups that were opened.
    pub(crate) fn opened(&self) -> HashSet<Path> {
        self.opened.clone()
    }
}

/// Where the table is scrolled to.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) state: TableState,
    pub(super) frame: NodeRef<html::Div>,
}

impl Place {
    fn viewport(self) -> Option<web_sys::HtmlElement> {
        let frame = self.frame.try_get_untracked().flatten()?;
        frame.query_selector(".table-viewport").ok().flatten()?.dyn_into().ok()
    }

    /// Keeps how the table stands with the present step of the history.
    pub(super) fn keep(self) {
        if let Some(viewport) = self.viewport() {
            Remembered { top: viewport.scroll_top(), opened: untrack(|| self.state.opened()) }.keep();
        }
    }

    /// Goes to `top` once there are rows that far down; and later, when other runs are shown, to where they were left.
    pub(super) fn restore(self, top: i32) {
        let wanted = StoredValue::new(Some(top).filter(|top| *top > 0));
        Effect::new(move || {
            let arrived = self.state.total().is_some() && self.state.len() > 0;
            if arrived && let Some(top) = wanted.try_update_value(Option::take).flatten() {
                request_animation_frame(move || self.scroll_to(top));
            }
        });
        Effect::new(move |before: Option<u64>| {
            let now = self.state.renewed();
            if before.is_some_and(|before| before != now) {
                let top = Remembered::recall().top;
                request_animation_frame(move || self.scroll_to(top));
            }
            now
        });
    }

    fn scroll_to(self, top: i32) {
        if let Some(viewport) = self.viewport() {
            viewport.set_scroll_top(top);
        }
    }
}
