//! Doing now what a schedule does.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::permission::Action;
use models::schedule::Schedule;

use crate::queries;
use crate::ui::{Button, IconName};
use crate::widgets::{tell_outcome, why_not};

/// The button that has a schedule act now, beyond its times.
#[component]
pub(super) fn RunNow(project: ProjectId, schedule: Signal<Arc<Schedule>>) -> impl IntoView {
    let run = queries::schedules::run();
    tell_outcome(run, "Started; it stands in the history below.");
    let why_not = why_not(project, Action::SubmitRuns);
    let press = move |_| {
        if !run.pending().get_untracked() {
            run.dispatch_local((project, schedule.read_untracked().schedule_id));
        }
    };
    view! {
        <Button icon=IconName::Play busy=run.pending() disabled_reason=why_not on_click=press>"Run now"</Button>
    }
}
