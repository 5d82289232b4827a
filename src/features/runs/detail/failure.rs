//! What is known of why a run failed.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::run::{KeyValue, LogLine, LogLinesQuery, Run, RunStatus};
use models::time::UnixMillis;

use crate::queries;
use crate::queries::logs::Log;
use crate::routes::{Route, RunTab};
use crate::ui::{Banner, IconName, Link, Tone, time};
use crate::widgets::log::plain;

/// The tag in which people and their programs say why. What they noted stands below, in a place of its own.
const REASON: &str = "failure.reason";

/// Among how many of the last lines of the log errors are looked for, and how many of them are shown.
const LOOKED_AT: u64 = 200;
const SHOWN: usize = 3;

/// Says that the run failed, when, what was noted about it and which errors it printed last; nothing for any other run.
#[component]
pub(super) fn FailureSummary(
    project: ProjectId,
    #[prop(into)] run: Signal<Arc<Run>>,
    #[prop(into)] tags: Signal<Vec<KeyValue>>,
) -> impl IntoView {
    let summary = Memo::new(move |_| {
        let run = run.read();
        (run.status == RunStatus::Failed).then(|| sentence(run.start_time, run.end_time))
    });
    let note = move || {
        let tags = tags.read();
        tags.iter().find(|tag| tag.key == REASON).map(|tag| tag.value.clone())
    };
    move || {
        summary.get().map(|summary| {
            view! {
                <div class="run-failure">
                    <Banner tone=Tone::Danger icon=IconName::XCircle>
                        <p>{summary}</p>
                        {move || note().map(|note| view! { <p class="run-note">{note}</p> })}
                        <LastErrors project run/>
                    </Banner>
                </div>
            }
        })
    }
}

/// The last errors in the log, each leading to its line there; nothing when there are none.
#[component]
fn LastErrors(project: ProjectId, run: Signal<Arc<Run>>) -> impl IntoView {
    let id = run.read_untracked().run_id;
    let query = LogLinesQuery {
        tail: Some(LOOKED_AT),
        levels: Some("error,critical".to_owned()),
        ..LogLinesQuery::default()
    };
    let errors = queries::logs::lines(move || Some((Log::Run(project, id), query.clone())));
    let logs = Route::Run(project, id, RunTab::Logs);
    let line = move |line: LogLine| {
        let href = format!("{logs}#L{}", line.number);
        let (number, text) = (line.number, plain(&line.text).into_owned());
        view! { <li><Link href>"Line " {number}</Link><span>{text}</span></li> }
    };
    move || {
        let errors = errors.value.get()?;
        let last = errors.lines.get(errors.lines.len().saturating_sub(SHOWN)..)?;
        (!last.is_empty())
            .then(|| view! { <ul class="run-errors">{last.iter().cloned().map(&line).collect_view()}</ul> })
    }
}

fn sentence(start: Option<UnixMillis>, end: Option<UnixMillis>) -> String {
    match (start, end) {
        (Some(start), Some(end)) => {
            format!("This run failed after {}.", time::duration(end.millis_since(start).unsigned_abs()))
        }
        (None, _) => "This run failed before it began.".to_owned(),
        (Some(_), None) => "This run failed.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_says_when() {
        let (start, end) = (Some(UnixMillis(1_000)), Some(UnixMillis(186_000)));
        assert_eq!(sentence(start, end), "This run failed after 3m 05s.");
        assert_eq!(sentence(None, end), "This run failed before it began.");
        assert_eq!(sentence(start, None), "This run failed.");
    }
}
