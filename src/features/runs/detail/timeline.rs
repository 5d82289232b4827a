//! The states that a run went through, each with its time and how long it lasted.

use std::sync::Arc;

use leptos::prelude::*;
use models::run::{Run, RunStatus, StatusChange};
use models::time::UnixMillis;

use crate::ui::{Panel, time};
use crate::widgets::{LiveDuration, status_title, status_tone};

/// The states of the run in order, from when to when.
#[component]
pub(super) fn Timeline(
    #[prop(into)] run: Signal<Arc<Run>>,
    /// The states that the server has seen.
    #[prop(into)]
    statuses: Signal<Vec<StatusChange>>,
) -> impl IntoView {
    let spans = Memo::new(move |_| spans(Told::from(&**run.read()), &statuses.read()));
    view! {
        <Panel title="Timeline">
            <ol class="timeline">
                <For each=move || spans.get() key=|span| *span let(span)>
                    <Entry span/>
                </For>
            </ol>
        </Panel>
    }
}

#[component]
fn Entry(span: Span) -> impl IntoView {
    let lasted = (!span.status.is_final()).then(|| {
        view! {
            <span class="timeline-span"><LiveDuration start=Some(span.from) end=span.to/></span>
        }
    });
    view! {
        <li class="timeline-entry" data-tone=status_tone(span.status).as_str()>
            <span class="timeline-dot"></span>
            <span class="timeline-title">{status_title(span.status)}</span>
            <span class="timeline-time">{time::absolute(span.from.0)}</span>
            {lasted}
        </li>
    }
}

/// A state, and from when to when the run was in it; without an end as long as it lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Span {
    status: RunStatus,
    from: UnixMillis,
    to: Option<UnixMillis>,
}

/// What the run itself tells of its states.
#[derive(Debug, Clone, Copy)]
struct Told {
    created: UnixMillis,
    start: Option<UnixMillis>,
    end: Option<UnixMillis>,
    status: RunStatus,
}

impl From<&Run> for Told {
    fn from(run: &Run) -> Self {
        Self { created: run.created_at, start: run.start_time, end: run.end_time, status: run.status }
    }
}

/// The states of the run. What the server has not seen is told by the run itself: clients may log a run that is over
/// already.
fn spans(run: Told, seen: &[StatusChange]) -> Vec<Span> {
    let mut changes: Vec<(RunStatus, UnixMillis)> =
        seen.iter().map(|change| (change.status, change.at)).collect();
    if changes.is_empty() {
        let first = if run.start.is_some() { RunStatus::Running } else { RunStatus::Scheduled };
        changes.push((first, run.start.unwrap_or(run.created)));
    }
    if let Some(end) = run.end
        && changes.last().is_some_and(|(status, _)| *status != run.status)
    {
        changes.push((run.status, end));
    }
    changes.dedup_by_key(|(status, _)| *status);
    let ends: Vec<_> = changes.iter().skip(1).map(|(_, at)| Some(*at)).chain([None]).collect();
    changes.into_iter().zip(ends).map(|((status, from), to)| Span { status, from, to }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUN: Told = Told {
        created: UnixMillis(10),
        start: Some(UnixMillis(20)),
        end: Some(UnixMillis(50)),
        status: RunStatus::Finished,
    };

    #[track_caller]
    fn check(run: Told, seen: &[(RunStatus, i64)], expected: &[(RunStatus, i64, Option<i64>)]) {
        let seen: Vec<_> =
            seen.iter().map(|(status, at)| StatusChange { status: *status, at: UnixMillis(*at) }).collect();
        let spans: Vec<_> =
            spans(run, &seen).iter().map(|span| (span.status, span.from.0, span.to.map(|to| to.0))).collect();
        assert_eq!(spans, expected);
    }

    #[test]
    fn each_state_lasts_until_the_next() {
        let seen = [(RunStatus::Scheduled, 10), (RunStatus::Running, 20), (RunStatus::Finished, 50)];
        let (queued, running) = ((RunStatus::Scheduled, 10, Some(20)), (RunStatus::Running, 20, Some(50)));
        check(RUN, &seen, &[queued, running, (RunStatus::Finished, 50, None)]);
    }

    #[test]
    fn a_run_that_was_logged_when_it_was_over_tells_its_states_itself() {
        check(RUN, &[], &[(RunStatus::Running, 20, Some(50)), (RunStatus::Finished, 50, None)]);
    }

    #[test]
    fn a_run_that_waits_is_in_its_first_state() {
        let run = Told { start: None, end: None, status: RunStatus::Scheduled, ..RUN };
        check(run, &[], &[(RunStatus::Scheduled, 10, None)]);
    }

    #[test]
    fn a_state_that_is_reported_twice_is_told_once() {
        let run = Told { end: None, status: RunStatus::Running, ..RUN };
        check(run, &[(RunStatus::Running, 20), (RunStatus::Running, 30)], &[(RunStatus::Running, 20, None)]);
    }
}
