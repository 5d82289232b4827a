//! A change of many runs under way: one request after another, until all are changed or somebody stops it.

use std::collections::VecDeque;

use leptos::prelude::*;
use models::run::{BulkRunChange, BulkRunOutcome, BulkRunRequest, RunSelection};
use models::run_table::TableScope;

use super::words;
use crate::api::ApiError;
use crate::queries::{self, Write};
use crate::ui::Toasts;
use crate::ui::format::integer;

/// What is being changed, and how far it is.
#[derive(Debug, Clone)]
struct Job {
    selection: RunSelection,
    change: BulkRunChange,
    /// How many runs are meant, as the table knew it.
    total: u64,
    outcome: BulkRunOutcome,
    is_stopped: bool,
    /// What is taken back after this; `None` for a change that somebody asked for.
    undoes: Option<VecDeque<Step>>,
}

/// Runs, and what is done with them.
type Step = (RunSelection, BulkRunChange);

/// A change of many runs under way, or none.
#[derive(Clone, Copy)]
pub(crate) struct Changing {
    scope: TableScope,
    job: RwSignal<Option<Job>>,
    write: Write<(TableScope, BulkRunRequest), BulkRunOutcome>,
    on_done: Callback<()>,
}

impl Changing {
    /// Nothing is under way. It must outlive the table's view of a selection: what was done can be undone after that.
    pub(crate) fn new(scope: TableScope, on_done: Callback<()>) -> Self {
        let changing = Self { scope, job: RwSignal::new(None), write: queries::runs::change_many(), on_done };
        let answer = changing.write.value();
        Effect::new(move || match answer.get() {
            Some(Ok(outcome)) => changing.go_on(outcome),
            Some(Err(error)) => changing.break_off(&error),
            None => {}
        });
        changing
    }

    /// Begins; nothing happens while another change is under way.
    pub(super) fn begin(self, selection: RunSelection, change: BulkRunChange, total: u64) {
        if self.job.read_untracked().is_some() {
            return;
        }
        self.set_out((selection, change), total, None);
    }

    /// Takes back what was done, step by step; nothing happens while another change is under way.
    fn undo(self, mut steps: VecDeque<Step>) {
        if self.job.read_untracked().is_some() {
            return;
        }
        if let Some(first) = steps.pop_front() {
            let total = named(&first.0);
            self.set_out(first, total, Some(steps));
        }
    }

    fn set_out(self, (selection, change): Step, total: u64, undoes: Option<VecDeque<Step>>) {
        let outcome = BulkRunOutcome::default();
        self.job.set(Some(Job { selection, change, total, outcome, is_stopped: false, undoes }));
        self.ask(None);
    }

    /// Asks no further; what is on its way to the server is still done.
    pub(super) fn stop(self) {
        self.job.update(|job| job.iter_mut().for_each(|job| job.is_stopped = true));
    }

    /// Whether something is being changed.
    pub(super) fn is_busy(self) -> bool {
        self.job.read().is_some()
    }

    /// How far it is: `Archiving 2,000 of 12,408`.
    pub(super) fn words(self) -> Option<String> {
        self.job.read().as_ref().map(|job| {
            let (seen, total) = (job.outcome.seen(), job.total.max(job.outcome.seen()));
            format!("{} {} of {}", words::doing(&job.change), integer(seen), integer(total))
        })
    }

    fn ask(self, after: Option<String>) {
        let request = self.job.read_untracked().as_ref().map(|job| BulkRunRequest {
            selection: job.selection.clone(),
            change: job.change.clone(),
            after,
        });
        if let Some(request) = request {
            self.write.dispatch((self.scope, request));
        }
    }

    fn go_on(self, outcome: BulkRunOutcome) {
        self.job.update(|job| job.iter_mut().for_each(|job| job.outcome.add(outcome.clone())));
        let next = self.job.with_untracked(|job| {
            let job = job.as_ref().filter(|job| !job.is_stopped)?;
            job.outcome.next.clone()
        });
        match next {
            Some(next) => self.ask(Some(next)),
            None => self.finish(),
        }
    }

    /// Says what was done until the server refused.
    fn break_off(self, error: &ApiError) {
        let Some(job) = self.take() else { return };
        let done = words::told(&job.change, &job.outcome);
        Toasts::current().failure(format!("{error} {done}"), error.request_id().map(str::to_owned));
        self.on_done.run(());
    }

    fn finish(self) {
        let Some(job) = self.take() else { return };
        let toasts = Toasts::current();
        if job.outcome.refused > 0 {
            toasts.failure(words::refused(&job.outcome), None);
        }
        let mut told = words::told(&job.change, &job.outcome);
        if job.is_stopped && job.outcome.next.is_some() {
            told = format!("Stopped. {told}");
        }
        match (job.undoes, words::undoing(&job.change, &job.outcome)) {
            (Some(steps), _) if !steps.is_empty() && !job.is_stopped => return self.undo(steps),
            (None, Some(steps)) => {
                let undo = Callback::new(move |()| self.undo(steps.clone().into()));
                toasts.success_with_undo(told, undo);
            }
            (Some(_) | None, _) => toasts.success(told),
        }
        self.on_done.run(());
    }

    fn take(self) -> Option<Job> {
        self.job.try_update(Option::take).flatten()
    }
}

/// How many runs are named.
fn named(selection: &RunSelection) -> u64 {
    match selection {
        RunSelection::Runs(runs) => runs.len() as u64,
        RunSelection::Matching(_) => 0,
    }
}
