//! What a table of runs shows, and the answer that it waits for after its question has changed.

use std::collections::HashSet;
use std::ops::Range;

use leptos::prelude::*;
use models::query::RunQuery;

use super::pages::{Answer, Path};
use super::rows::{Rows, Shelf};
use crate::api::ApiError;
use crate::ui::Home;

/// The rows that are fetched first: what fits on a large screen.
const FIRST: Range<usize> = 0..40;

/// What a table of runs shows. Old rows stay until the first of the new ones have come. A handle.
#[derive(Clone, Copy)]
pub(crate) struct TableState {
    shown: RwSignal<Option<Rows>>,
    next: RwSignal<Option<Rows>>,
    visible: RwSignal<Range<usize>>,
    /// Whether the next answer has the same runs in the same order, so that the table stays where it is.
    stays: StoredValue<bool>,
    /// Counts how often other runs, or another order, have come, so that the table goes back to its top.
    renewed: RwSignal<u64>,
}

impl TableState {
    /// Asks what `question` says, and anew when it changes; at first with the groups in `opened` opened.
    pub(crate) fn new(
        question: impl Fn() -> Option<(Shelf, RunQuery)> + Send + Sync + 'static,
        opened: HashSet<Path>,
    ) -> Self {
        let state = Self {
            shown: RwSignal::new(None),
            next: RwSignal::new(None),
            visible: RwSignal::new(FIRST),
            stays: StoredValue::new(false),
            renewed: RwSignal::new(0),
        };
        let question = Memo::new(move |_| question());
        let home = Home::here();
        let opened = StoredValue::new(opened);
        Effect::new(move || {
            if let (Some((shelf, question)), Some(parent)) = (question.get(), home.owner()) {
                let opened = opened.try_update_value(std::mem::take).unwrap_or_default();
                state.ask(&parent, shelf, question, opened);
            }
        });
        Effect::new(move || {
            if state.next.get().is_some_and(|next| next.total().is_some()) {
                state.switch();
            }
        });
        Effect::new(move || {
            let visible = state.visible.get();
            for rows in [state.shown.get(), state.next.get()].into_iter().flatten() {
                rows.follow();
                rows.look_at(if state.is_next(rows) { state.first_wanted() } else { visible.clone() });
            }
        });
        state
    }

    /// The rows on screen; `None` while there are none yet.
    pub(super) fn rows(self) -> Option<Rows> {
        self.shown.get().or_else(|| self.next.get())
    }

    /// How many runs match; `None` until that is known.
    pub(crate) fn total(self) -> Option<u64> {
        self.shown.get()?.total()
    }

    /// How many rows the table has; none when nothing could be read.
    pub(super) fn len(self) -> usize {
        match self.rows() {
            Some(rows) if rows.total().is_some() || self.error().is_none() => rows.len(),
            Some(_) | None => 0,
        }
    }

    /// Whether what is on screen is not yet what was asked for. Where nothing is on screen but why, the next try does
    /// not count.
    pub(crate) fn is_waiting(self) -> bool {
        let told_why = self.error().is_some() && self.len() == 0;
        !told_why && self.answers().any(|answer| !answer.has_come() && answer.is_fetching())
    }

    /// Whether an answer is on its way, be it to a question that was answered before.
    pub(crate) fn is_fetching(self) -> bool {
        self.answers().any(Answer::is_fetching)
    }

    /// Why something that is looked at could not be had.
    pub(crate) fn error(self) -> Option<ApiError> {
        self.answers().find_map(Answer::error)
    }

    /// Asks again for all that is looked at.
    pub(crate) fn refetch(self) {
        untrack(|| self.answers().for_each(Answer::refetch));
    }

    /// Takes note of which rows are mounted.
    pub(super) fn look_at(self, rows: Range<usize>) {
        if self.visible.with_untracked(|visible| *visible != rows) {
            self.visible.set(rows);
        }
    }

    /// The rows that are mounted.
    pub(super) fn visible(self) -> Range<usize> {
        self.visible.get()
    }

    /// Changes when other runs, or another order, are shown.
    pub(super) fn renewed(self) -> u64 {
        self.renewed.get()
    }

    /// The groups that are opened.
    pub(super) fn opened(self) -> HashSet<Path> {
        self.shown.get().map(Rows::opened).unwrap_or_default()
    }

    fn answers(self) -> impl Iterator<Item = Answer> {
        [self.next.get(), self.shown.get()].into_iter().flatten().flat_map(Rows::answers)
    }

    fn ask(self, parent: &Owner, shelf: Shelf, question: RunQuery, opened: HashSet<Path>) {
        let shown = self.shown.get_untracked();
        let before = self.next.try_update(Option::take).flatten();
        if let Some(before) = before {
            before.end();
        }
        if shown.is_some_and(|shown| shown.is_about(shelf, &question)) {
            return;
        }
        // Groups keep their names when only the filter or the columns change.
        let same_groups = |shown: &Rows| shown.question().group_by == question.group_by;
        let opened = shown.filter(same_groups).map_or(opened, |shown| untrack(|| shown.opened()));
        let like = shown.filter(|shown| shown.has_same_rows(shelf, &question));
        self.stays.set_value(like.is_some());
        self.next.set(Some(Rows::ask(parent, (shelf, question), opened, like)));
    }

    fn switch(self) {
        let Some(next) = self.next.try_update(Option::take).flatten() else { return };
        if !self.stays.get_value() {
            // The table is about to go back to its top; what it shows now need not be fetched.
            self.visible.set(FIRST);
        }
        let before = self.shown.try_update(|shown| shown.replace(next)).flatten();
        if let Some(before) = before {
            if !self.stays.get_value() {
                self.renewed.update(|renewed| *renewed += 1);
            }
            before.end();
        }
    }

    fn is_next(self, rows: Rows) -> bool {
        self.next.with_untracked(|next| *next == Some(rows))
    }

    /// The rows of the next answer that are looked at first.
    fn first_wanted(self) -> Range<usize> {
        if self.stays.get_value() { self.visible.get_untracked() } else { FIRST }
    }
}
