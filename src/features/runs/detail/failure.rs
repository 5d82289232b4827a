//! What is known of why a run failed.

use std::sync::Arc;

use leptos::prelude::*;
use models::run::{KeyValue, Run, RunStatus};
use models::time::UnixMillis;

use crate::ui::{Banner, IconName, Tone, time};

/// The tags in which people and their programs say why, the most telling first; the last is where MLflow keeps notes.
const REASONS: [&str; 2] = ["failure.reason", "mlflow.note.content"];

/// Says that the run failed, when, and what was noted about it; nothing for any other run.
#[component]
pub(super) fn FailureSummary(
    #[prop(into)] run: Signal<Arc<Run>>,
    #[prop(into)] tags: Signal<Vec<KeyValue>>,
) -> impl IntoView {
    let summary = Memo::new(move |_| {
        let run = run.read();
        (run.status == RunStatus::Failed).then(|| sentence(run.start_time, run.end_time))
    });
    let note = move || {
        let tags = tags.read();
        let told = |reason: &&str| tags.iter().find(|tag| tag.key == **reason).map(|tag| tag.value.clone());
        REASONS.iter().find_map(told)
    };
    move || {
        summary.get().map(|summary| {
            view! {
                <div class="run-failure">
                    <Banner tone=Tone::Danger icon=IconName::XCircle>
                        <p>{summary}</p>
                        {move || note().map(|note| view! { <p class="run-note">{note}</p> })}
                    </Banner>
                </div>
            }
        })
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
