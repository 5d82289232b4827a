//! What a list below a line of text offers, which option is chosen, and what the keys do.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use crate::ui::id::unique_id;

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComboboxOption {
    /// What is taken.
    pub text: String,
    /// What that is, in few words; empty when it goes without saying.
    pub hint: String,
    /// How many there are of it, as it is shown; empty where that is unknown.
    pub count: String,
}

/// The list below a line: what it offers, whether it is open, and which option is chosen. A handle.
#[derive(Clone, Copy)]
pub struct Combobox {
    id: StoredValue<String>,
    pub(super) options: Signal<Vec<ComboboxOption>>,
    is_open: RwSignal<bool>,
    pub(super) chosen: RwSignal<Option<usize>>,
    pub(super) on_take: Callback<usize>,
    pub(super) list: NodeRef<html::Ul>,
}

impl Combobox {
    /// A list that is closed; `on_take` gets the place of the option that was taken.
    pub fn new(
        options: impl Into<Signal<Vec<ComboboxOption>>>,
        on_take: impl Fn(usize) + Send + Sync + 'static,
    ) -> Self {
        Self {
            id: StoredValue::new(unique_id("combobox")),
            options: options.into(),
            is_open: RwSignal::new(false),
            chosen: RwSignal::new(None),
            on_take: Callback::new(on_take),
            list: NodeRef::new(),
        }
    }

    /// Opens the list, with the first option chosen or none.
    pub fn open(self, first_is_chosen: bool) {
        self.chosen.set(first_is_chosen.then_some(0));
        self.is_open.set(true);
    }

    /// Closes the list.
    pub fn close(self) {
        self.is_open.set(false);
        self.chosen.set(None);
    }

    /// Whether the list is open, even if there is nothing to choose.
    pub fn is_open(self) -> bool {
        self.is_open.get()
    }

    /// As [`Self::is_open`], for handlers of events.
    pub(super) fn is_open_untracked(self) -> bool {
        self.is_open.get_untracked()
    }

    /// Whether the list is on screen: it is open, and there is something to choose.
    pub fn is_expanded(self) -> bool {
        self.is_open.get() && !self.options.read().is_empty()
    }

    /// The element that the line controls.
    pub fn list_id(self) -> String {
        self.id.get_value()
    }

    /// The element of the chosen option; `None` when none is chosen.
    pub fn chosen_id(self) -> Option<String> {
        let place =
            self.chosen.get().filter(|place| self.is_expanded() && *place < self.options.read().len())?;
        Some(self.option_id(place))
    }

    pub(super) fn option_id(self, place: usize) -> String {
        self.id.with_value(|id| format!("{id}-{place}"))
    }

    /// Does what a key asks of the list, and tells whether it asked anything: arrows choose, Enter and Tab take what is
    /// chosen, Escape closes.
    pub fn press(self, event: &KeyboardEvent) -> bool {
        let (is_expanded, n) = untrack(|| (self.is_expanded(), self.options.read().len()));
        let chosen = self.chosen.get_untracked().filter(|place| is_expanded && *place < n);
        match (event.key().as_str(), chosen) {
            ("ArrowDown" | "ArrowUp", _) if n == 0 => return false,
            (key @ ("ArrowDown" | "ArrowUp"), _) => {
                self.is_open.set(true);
                self.chosen.set(Some(stepped(chosen, n, key == "ArrowDown")));
                self.scroll_to_chosen();
            }
            ("Enter", Some(place)) => self.on_take.run(place),
            ("Tab", Some(place)) if !event.shift_key() => self.on_take.run(place),
            ("Escape", _) if is_expanded => {
                self.close();
                event.stop_propagation();
            }
            _ => return false,
        }
        event.prevent_default();
        true
    }

    /// Once it is drawn, the chosen option must be in sight.
    fn scroll_to_chosen(self) {
        request_animation_frame(move || {
            let list = self.list.try_get_untracked().flatten();
            let item = list.and_then(|list| list.query_selector("[aria-selected=true]").ok().flatten());
            if let Some(item) = item {
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Nearest);
                item.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    }
}

/// The option after the chosen one, or before it; round at the ends.
fn stepped(chosen: Option<usize>, n: usize, is_down: bool) -> usize {
    let last = n.saturating_sub(1);
    match (chosen, is_down) {
        (None, true) => 0,
        (Some(place), true) if place >= last => 0,
        (Some(place), true) => place + 1,
        (None | Some(0), false) => last,
        (Some(place), false) => place - 1,
    }
}

#[cfg(test)]
mod tests {
    use super::stepped;

    #[test]
    fn arrows_go_round_at_the_ends() {
        assert_eq!(stepped(None, 3, true), 0);
        assert_eq!(stepped(Some(2), 3, true), 0);
        assert_eq!(stepped(None, 3, false), 2);
        assert_eq!(stepped(Some(0), 3, false), 2);
        assert_eq!(stepped(Some(2), 3, false), 1);
    }
}
