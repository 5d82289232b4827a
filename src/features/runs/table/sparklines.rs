//! The courses of metrics of the runs on screen.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use models::id::RunId;
use models::query::Field;
use models::sparkline::{Sparklines, SparklinesRequest};

use super::TableState;
use super::kept_runs::KeptRuns;
use super::ticks::run_at;
use crate::features::runs::address::Address;
use crate::queries;

/// How many values a cell can show.
const POINTS: u32 = 32;
/// So many rows are looked at together, so that scrolling by a few asks nothing.
const BLOCK: usize = 20;
/// How long the table must stand still before courses are asked for.
const STILL: Duration = Duration::from_millis(120);

/// The courses of metrics of the runs on screen. A handle.
#[derive(Clone, Copy)]
pub(super) struct Courses {
    answer: Signal<Option<Arc<Sparklines>>>,
    wanted: Memo<Vec<Field>>,
}

impl Courses {
    /// Asks for the courses that the address wants of what is on screen, once the table stands still.
    pub(super) fn follow(
        address: Address,
        state: TableState,
        kept: KeptRuns,
        columns: Signal<Vec<Field>>,
    ) -> Self {
        let wanted = Memo::new(move |_| {
            let url = address.url.read();
            url.sparklines.iter().filter(|field| columns.read().contains(field)).cloned().collect::<Vec<_>>()
        });
        let looked_at = stood_still(state, wanted);
        let request = Memo::new(move |_| {
            let keys: Vec<String> = wanted.read().iter().map(|field| field.key().to_owned()).collect();
            if keys.is_empty() {
                return None;
            }
            let kept =
                kept.page(&address.url.read()).map(|(page, _)| page.run_ids.clone()).unwrap_or_default();
            let request = request(kept, on_screen(state, looked_at.get()), keys)?;
            Some((address.scope, request))
        });
        Self { answer: queries::runs::sparklines(move || request.get()).value, wanted }
    }

    /// The course of the metric of the run; `None` where none is wanted, empty until it is known.
    pub(super) fn of(self, run: Option<RunId>, field: &Field) -> Option<Arc<[f64]>> {
        if !self.wanted.read().contains(field) {
            return None;
        }
        let answer = self.answer.get();
        let values = answer.as_ref().zip(run).and_then(|(answer, run)| answer.of(run, field.key()));
        Some(values.unwrap_or_default().into())
    }
}

/// The rows on screen in whole blocks, once they have not changed for a moment.
fn stood_still(state: TableState, wanted: Memo<Vec<Field>>) -> RwSignal<Range<usize>> {
    let looked_at = RwSignal::new(0..0);
    let timeout = StoredValue::new(None::<TimeoutHandle>);
    let blocks = Memo::new(move |_| blocks(&state.visible()));
    Effect::new(move || {
        let blocks = blocks.get();
        if let Some(timeout) = timeout.try_update_value(Option::take).flatten() {
            timeout.clear();
        }
        if !wanted.read().is_empty() {
            let look = move || {
                // The page may have been left in the meantime.
                let _ = looked_at.try_set(blocks);
            };
            timeout.set_value(set_timeout_with_handle(look, STILL).ok());
        }
    });
    looked_at
}

fn blocks(rows: &Range<usize>) -> Range<usize> {
    rows.start / BLOCK * BLOCK..rows.end.div_ceil(BLOCK) * BLOCK
}

/// The runs of the rows, as far as they are known.
fn on_screen(state: TableState, rows: Range<usize>) -> Vec<RunId> {
    let Some(known) = state.rows() else { return Vec::new() };
    (rows.start..rows.end.min(known.len())).filter_map(|row| run_at(known, row)).collect()
}

/// What is asked of the server; nothing where no run is known.
fn request(kept: Vec<RunId>, on_screen: Vec<RunId>, keys: Vec<String>) -> Option<SparklinesRequest> {
    let mut run_ids = kept;
    for run in on_screen {
        if !run_ids.contains(&run) && run_ids.len() < SparklinesRequest::MAX_RUNS {
            run_ids.push(run);
        }
    }
    (!run_ids.is_empty()).then_some(SparklinesRequest { run_ids, keys, points: POINTS })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn scrolling_within_a_block_asks_for_the_same_rows() {
        assert_eq!(blocks(&(0..28)), 0..40);
        assert_eq!(blocks(&(5..39)), 0..40);
        assert_eq!(blocks(&(92..128)), 80..140);
    }

    #[test]
    fn each_run_is_asked_about_once_and_not_too_many() {
        let runs =
            |numbers: Range<u128>| numbers.map(|number| RunId(Uuid::from_u128(number))).collect::<Vec<_>>();
        let asked = request(runs(1..3), runs(2..500), vec!["loss".to_owned()]);
        assert_eq!(asked.map(|asked| asked.run_ids), Some(runs(1..101)));
        assert_eq!(request(Vec::new(), Vec::new(), Vec::new()), None);
    }
}
