//! What may come next in the line of the filter, and what happens when it is taken.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use models::query::{KnownNames, Suggestion, Suggestions, parse};
use models::run_table::RunKeys;

use super::later::{Suggest, fetch_suggest};
use super::typing::Typing;
use super::values::Values;
use super::{caret, hints};
use crate::features::runs::address::Address;
use crate::ui::format::integer;
use crate::ui::{Combobox, ComboboxOption};

/// What completes the line. A handle.
#[derive(Clone, Copy)]
pub(super) struct Completion {
    /// The list below the line.
    pub(super) list: Combobox,
    typing: Typing,
    line: NodeRef<html::Input>,
    /// The character before which the caret stands.
    place: RwSignal<usize>,
    /// How far the line is scrolled, in pixels.
    scrolled: RwSignal<i32>,
    found: Memo<Suggestions>,
    /// Tells what may come next, once that is here.
    suggest: RwSignal<Option<Suggest>>,
}

impl Completion {
    pub(super) fn new(
        address: Address,
        typing: Typing,
        line: NodeRef<html::Input>,
        keys: Signal<RunKeys>,
    ) -> Self {
        let place = RwSignal::new(0);
        let is_wanted = RwSignal::new(false);
        let suggest = RwSignal::new(None::<Suggest>);
        let wanted = Memo::new(move |_| {
            let known = KnownNames { keys: &RunKeys::default(), tags: &[], values: None };
            let suggest = suggest.get().filter(|_| is_wanted.get())?;
            suggest(&typing.draft.read(), place.get(), &known).values_of
        });
        let filter = move || address.url.read().readable_filter().to_owned();
        let values = Values::ask(address.scope, move || wanted.get(), filter);
        let counts = Memo::new(move |_| values.counts());
        let found = Memo::new(move |_| {
            let (keys, counts) = (keys.read(), counts.read());
            let values = counts.as_ref().map(|(field, counts)| (field, counts.as_slice()));
            let known = KnownNames { keys: &keys, tags: &[], values };
            suggest.get().map_or_else(nothing, |suggest| suggest(&typing.draft.read(), place.get(), &known))
        });
        let options = Signal::derive(move || found.read().list.iter().map(option).collect::<Vec<_>>());
        let own = StoredValue::new(None::<Self>);
        let list = Combobox::new(options, move |taken| {
            if let Some(Some(own)) = own.try_get_value() {
                own.take(taken);
            }
        });
        Effect::new(move || is_wanted.set(list.is_open()));
        let completion = Self { list, typing, line, place, scrolled: RwSignal::new(0), found, suggest };
        own.set_value(Some(completion));
        completion
    }

    /// Takes what stands in the line now, and shows what may come next.
    pub(super) fn type_in(self, text: String) {
        self.typing.type_in(text);
        self.look();
        self.open();
    }

    /// Shows what may stand where the caret is. The first of it is chosen while a word is being written and the whole
    /// cannot be read yet: else Enter must apply the filter as it stands.
    pub(super) fn open(self) {
        if self.suggest.read_untracked().is_none() {
            self.fetch();
        }
        let is_written = self.found.with_untracked(|found| found.from < self.place.get_untracked());
        self.list.open(is_written && self.typing.draft.with_untracked(|text| parse(text).is_err()));
    }

    /// Where it cannot be fetched what comes next, the line does without.
    fn fetch(self) {
        spawn_local(async move {
            let Ok(suggest) = fetch_suggest().await else { return };
            // The line may be gone, or the list closed, in the meantime.
            if self.suggest.try_set(Some(suggest)).is_none() && untrack(|| self.list.is_open()) {
                self.open();
            }
        });
    }

    /// Takes note of where the caret stands.
    pub(super) fn look(self) {
        let Some(line) = self.line.try_get_untracked().flatten() else { return };
        let units = line.selection_end().ok().flatten().unwrap_or_default();
        let place = caret::characters(&line.value(), usize::try_from(units).unwrap_or_default());
        if place != self.place.get_untracked() {
            self.place.set(place);
        }
        if line.scroll_left() != self.scrolled.get_untracked() {
            self.scrolled.set(line.scroll_left());
        }
    }

    /// How far from the begin of the line the word begins that is being written, as a length in CSS.
    pub(super) fn offset(self) -> String {
        let (from, scrolled) = (self.found.read().from, self.scrolled.get());
        format!("calc(var(--icon) + var(--space-2) - var(--space-1) + {from}ch - {scrolled}px)")
    }

    fn take(self, taken: usize) {
        let found = self.found.get_untracked();
        let (Some(suggestion), Some(line)) = (found.list.get(taken), self.line.get_untracked()) else {
            return;
        };
        let (text, place) = found.take(&self.typing.draft.get_untracked(), suggestion);
        line.set_value(&text);
        let units = u32::try_from(caret::units(&text, place)).unwrap_or_default();
        // A line of text has a selection.
        let _ = line.set_selection_range(units, units);
        self.type_in(text);
        // What was written last comes into sight, as it does when it is typed.
        let _ = line.blur();
        let _ = line.focus();
        self.look();
        self.open();
    }
}

fn nothing() -> Suggestions {
    Suggestions { from: 0, to: 0, list: Vec::new(), values_of: None }
}

fn option(suggestion: &Suggestion) -> ComboboxOption {
    ComboboxOption {
        text: suggestion.text.clone(),
        hint: hints::hint(suggestion).to_owned(),
        count: suggestion.runs.map(integer).unwrap_or_default(),
    }
}
