//! What ticks do: one row, the rows between two, those that are read, all that match.

use leptos::prelude::*;
use leptos::task::spawn_local;
use models::id::RunId;

use super::rows::{Row, Rows};
use super::selection::Selection;
use crate::queries;
use crate::ui::Toasts;
use crate::ui::format::integer;
use crate::ui::table::{SelectRequest, Ticked};

/// How many rows between two ticks are ticked at most; beyond that one ticks all that match.
const MOST_BETWEEN: usize = 10_000;

/// The ticked runs of a table. A handle.
#[derive(Clone, Copy)]
pub(crate) struct Ticks {
    /// Which they are.
    pub(crate) selection: RwSignal<Selection>,
    /// The run that was ticked last, and the row that it stood in.
    last: StoredValue<Option<(RunId, usize)>>,
    toasts: Toasts,
}

impl Ticks {
    /// No run is ticked.
    pub(crate) fn none() -> Self {
        Self {
            selection: RwSignal::new(Selection::default()),
            last: StoredValue::new(None),
            toasts: Toasts::current(),
        }
    }

    /// Takes all ticks away.
    pub(crate) fn clear(self) {
        self.selection.set(Selection::default());
        self.last.set_value(None);
    }

    /// Ticks a run, in this row or kept on top of all, or takes its tick away.
    pub(super) fn toggle(self, run: RunId, row: Option<usize>) {
        let ticked = self.selection.with_untracked(|selection| !selection.contains(run));
        self.selection.update(|selection| selection.set(&[run], ticked));
        self.last.set_value(row.map(|row| (run, row)));
    }

    /// Ticks a row, or takes its tick away; with `extend` the rows from the last ticked one to this become like it.
    pub(super) fn select(self, rows: Rows, SelectRequest { row, extend }: SelectRequest) {
        let Some(run) = untrack(|| run_at(rows, row)) else { return };
        let from =
            self.last.get_value().filter(|_| extend).and_then(|last| untrack(|| row_of(rows, last, row)));
        match from {
            Some(from) => self.select_between(rows, from.min(row), from.max(row)),
            None => self.toggle(run, Some(row)),
        }
    }

    /// Ticks the runs that are read, or takes all ticks away when they are ticked.
    pub(super) fn select_all(self, rows: Rows) {
        let known = untrack(|| rows.runs_read());
        let all = self.selection.with_untracked(|selection| known.iter().all(|run| selection.contains(*run)));
        if all { self.clear() } else { self.selection.update(|selection| selection.set(&known, true)) }
    }

    /// How many of the runs that are read are ticked.
    pub(super) fn ticked(self, rows: Rows) -> Ticked {
        let selection = self.selection.read();
        if selection.len() == 0 {
            return Ticked::None;
        }
        let known = rows.runs_read();
        let all = !known.is_empty() && known.iter().all(|run| selection.contains(*run));
        if all { Ticked::All } else { Ticked::Some }
    }

    fn select_between(self, rows: Rows, first: usize, last: usize) {
        if last - first >= MOST_BETWEEN {
            let most = integer(MOST_BETWEEN as u64);
            self.toasts.failure(
                format!("More than {most} runs lie between. Filter them and select all that match."),
                None,
            );
            return;
        }
        let read: Option<Vec<_>> = untrack(|| {
            (first..=last)
                .map(|row| match rows.row(row) {
                    Row::Loading => None,
                    Row::Group { .. } => Some(None),
                    Row::Run { page, place, .. } => Some(page.run_ids.get(place).copied()),
                })
                .collect()
        });
        if let Some(read) = read {
            let runs: Vec<_> = read.into_iter().flatten().collect();
            self.selection.update(|selection| selection.set(&runs, true));
            return;
        }
        let requests = rows.requests(first..last + 1);
        spawn_local(async move {
            for (scope, request) in requests {
                match queries::runs::ids(scope, request).await {
                    Ok(runs) => drop(self.selection.try_update(|selection| selection.set(&runs, true))),
                    Err(error) => {
                        self.toasts.failure(format!("Not all runs between could be selected: {error}"), None);
                        return;
                    }
                }
            }
        });
    }
}

/// The run that a row shows.
pub(super) fn run_at(rows: Rows, row: usize) -> Option<RunId> {
    match rows.row(row) {
        Row::Run { page, place, .. } => page.run_ids.get(place).copied(),
        Row::Group { .. } | Row::Loading => None,
    }
}

/// The row of a run that was ticked in the row `was`: there, if it is not known to be elsewhere; else the nearest to `near`.
fn row_of(rows: Rows, (run, was): (RunId, usize), near: usize) -> Option<usize> {
    let len = rows.len();
    if was < len && run_at(rows, was).is_none_or(|here| here == run) {
        return Some(was);
    }
    let reach = MOST_BETWEEN.min(len);
    let places = (0..=reach).flat_map(|by| [near.checked_sub(by), near.checked_add(by)]);
    places.flatten().filter(|row| *row < len).find(|row| run_at(rows, *row) == Some(run))
}
