//! Moving through a menu by keyboard.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// An item to focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    First,
    Last,
    Next,
    Previous,
}

impl Place {
    /// Where the focus goes when a key on the button opens the menu.
    pub(super) fn opened_by(key: &str) -> Option<Self> {
        match key {
            "ArrowDown" => Some(Self::First),
            "ArrowUp" => Some(Self::Last),
            _ => None,
        }
    }

    fn asked_by(key: &str) -> Option<Self> {
        match key {
            "ArrowDown" => Some(Self::Next),
            "ArrowUp" => Some(Self::Previous),
            "Home" => Some(Self::First),
            "End" => Some(Self::Last),
            _ => None,
        }
    }

    /// The place among `count` items, from the one that has the focus; wraps round at the ends.
    fn index(self, current: Option<usize>, count: usize) -> Option<usize> {
        let last = count.checked_sub(1)?;
        Some(match (self, current) {
            (Self::First, _) | (Self::Next, None) => 0,
            (Self::Last, _) | (Self::Previous, None | Some(0)) => last,
            (Self::Next, Some(index)) => (index + 1) % count,
            (Self::Previous, Some(index)) => index - 1,
        })
    }
}

/// Focuses an item of a menu.
pub(super) fn focus_item(menu: &Element, place: Place) {
    let items = items(menu);
    if let Some(item) = place.index(focused(&items), items.len()).and_then(|index| items.get(index)) {
        // An item on screen takes the focus.
        let _ = item.focus();
    }
}

/// Arrows, Home, End, and a letter for the next item that begins with it, or for the search where there is one. Tab closes
/// the menu.
pub(super) fn move_focus(event: &KeyboardEvent, menu: NodeRef<html::Div>) {
    let Some(menu) = menu.get_untracked() else { return };
    let key = event.key();
    let search = search_of(&menu);
    let is_searching = search
        .as_ref()
        .is_some_and(|search| document().active_element().is_some_and(|active| active == **search));
    if is_searching && key == "Enter" && !event.is_composing() {
        event.prevent_default();
        if let Some(first) = items(&menu).first() {
            first.click();
        }
    } else if is_searching && matches!(key.as_str(), "Home" | "End") {
        // The browser moves within the text.
    } else if let Some(place) = Place::asked_by(&key) {
        event.prevent_default();
        focus_item(&menu, place);
    } else if key == "Tab" {
        // The browser moves on from the button, which gets the focus back first.
        let _ = menu.hide_popover();
    } else if key.chars().count() == 1
        && key != " "
        && !event.ctrl_key()
        && !event.meta_key()
        && !event.alt_key()
        && !is_searching
    {
        if let Some(search) = search {
            // It has the focus before the browser types the letter.
            let _ = search.focus();
            return;
        }
        let items = items(&menu);
        let texts: Vec<String> = items.iter().map(|item| item.text_content().unwrap_or_default()).collect();
        if let Some(item) = beginning_with(&texts, &key, focused(&items)).and_then(|index| items.get(index)) {
            let _ = item.focus();
        }
    }
}

/// The next text after `current` that begins with the letter, from the top again when there is none below.
fn beginning_with(texts: &[String], letter: &str, current: Option<usize>) -> Option<usize> {
    let begins = |text: &String| text.trim_start().to_lowercase().starts_with(&letter.to_lowercase());
    let start = current.map_or(0, |index| index + 1);
    let below = texts.iter().enumerate().skip(start);
    below.chain(texts.iter().enumerate().take(start)).find(|(_, text)| begins(text)).map(|(index, _)| index)
}

fn search_of(menu: &Element) -> Option<HtmlElement> {
    menu.query_selector("input[type=search]").ok().flatten()?.dyn_into().ok()
}

fn items(menu: &Element) -> Vec<HtmlElement> {
    let Ok(found) = menu.query_selector_all("[role^=menuitem]") else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect()
}

fn focused(items: &[HtmlElement]) -> Option<usize> {
    let active = document().active_element()?;
    items.iter().position(|item| **item == active)
}

#[cfg(test)]
mod tests {
    use super::{Place, beginning_with};

    #[test]
    fn arrows_wrap_round_at_the_ends() {
        assert_eq!(Place::Next.index(Some(2), 3), Some(0));
        assert_eq!(Place::Previous.index(Some(0), 3), Some(2));
        assert_eq!(Place::Next.index(None, 3), Some(0));
        assert_eq!(Place::First.index(Some(2), 3), Some(0));
        assert_eq!(Place::Last.index(None, 0), None);
    }

    #[test]
    fn a_letter_goes_to_the_next_item_that_begins_with_it() {
        let texts = ["Copy", "Delete", "Compare"].map(str::to_owned);
        assert_eq!(beginning_with(&texts, "c", None), Some(0));
        assert_eq!(beginning_with(&texts, "C", Some(0)), Some(2));
        assert_eq!(beginning_with(&texts, "c", Some(2)), Some(0));
        assert_eq!(beginning_with(&texts, "x", None), None);
    }
}
