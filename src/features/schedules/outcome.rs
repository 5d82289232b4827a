//! What came of a time of a schedule.

use leptos::prelude::*;
use models::id::ProjectId;
use models::schedule::{FireOutcome, ScheduleFire};

use crate::routes::{Route, RunTab};
use crate::ui::{Badge, Link, Tone};
use crate::widgets::RunStatusBadge;

/// The run with its state where there is one; the outcome in a word where there is none.
#[component]
pub(super) fn Outcome(project: ProjectId, fire: ScheduleFire) -> impl IntoView {
    if let Some(run) = fire.run {
        let href = Route::Run(project, run.run_id, RunTab::Overview).to_string();
        return view! {
            <span class="cluster">
                <RunStatusBadge status=Signal::stored(run.status)/>
                <Link href>{run.name}</Link>
            </span>
        }
        .into_any();
    }
    let (tone, words) = match fire.outcome {
        FireOutcome::Started => (Tone::Info, "Started".to_owned()),
        FireOutcome::Answered => (Tone::Success, "Answered".to_owned()),
        FireOutcome::Skipped => (Tone::Neutral, "Skipped".to_owned()),
        FireOutcome::Refused => (Tone::Danger, "Not started".to_owned()),
        FireOutcome::Failed => (Tone::Danger, "No answer".to_owned()),
        FireOutcome::Unknown(text) => (Tone::Warning, text),
    };
    view! { <Badge tone=tone>{words}</Badge> }.into_any()
}
