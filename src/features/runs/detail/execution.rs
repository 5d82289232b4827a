//! How far the server has come with executing a run, and ending it.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::permission::Action;
use models::run::{JobState, Run, RunJob, RunStatus};

use crate::queries;
use crate::ui::{Banner, Button, Confirm, IconName, Tone};
use crate::widgets::why_not;

/// A button that ends the run, while there is something to end.
#[component]
pub(super) fn CancelRun(project: ProjectId, #[prop(into)] run: Signal<Arc<Run>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let cancel = queries::runs::cancel();
    let may_not = why_not(project, Action::EditRuns);
    let goes_on = Memo::new(move |_| matches!(run.read().status, RunStatus::Scheduled | RunStatus::Running));
    let is_asked = move || run.read().job.as_ref().is_some_and(|job| job.cancel_requested_at.is_some());
    let reason = Signal::derive(move || {
        may_not.get().or_else(|| is_asked().then(|| "It is being cancelled already.".to_owned()))
    });
    let is_executed = Memo::new(move |_| run.read().job.is_some());
    let error = Signal::derive(move || {
        cancel.value().get().and_then(|result| result.err().map(|error| error.to_string()))
    });
    Effect::new(move || {
        if matches!(*cancel.value().read(), Some(Ok(()))) || !goes_on.get() {
            open.set(false);
        }
    });
    view! {
        <Show when=move || goes_on.get()>
            <Button icon=IconName::XCircle disabled_reason=reason on_click=move |_| open.set(true)>"Cancel run…"</Button>
        </Show>
        <Confirm
            open
            title=Signal::derive(move || format!("Cancel {}?", run.read().name))
            action="Cancel the run"
            busy=cancel.pending()
            error
            on_confirm=move |()| { cancel.dispatch_local((project, run.read_untracked().run_id)); }
        >
            {move || if is_executed.get() {
                "Its processes are told to end, and after ten seconds they are ended. What it has logged stays."
            } else {
                "It is noted as cancelled. This server does not execute it: whoever does must end it there as well."
            }}
        </Confirm>
    }
}

/// Says why the run has not begun, that it is being ended, or how it was; nothing for a run that goes its way.
#[component]
pub(super) fn Execution(#[prop(into)] run: Signal<Arc<Run>>) -> impl IntoView {
    let told = Memo::new(move |_| {
        let run = run.read();
        run.job.as_ref().and_then(|job| told(job, run.status))
    });
    move || {
        told.get().map(|words| {
            view! { <Banner tone=Tone::Neutral icon=IconName::Clock>{words}</Banner> }
        })
    }
}

fn told(job: &RunJob, status: RunStatus) -> Option<String> {
    let message = job.message.clone().unwrap_or_default();
    let words = match job.state {
        JobState::Ended if status == RunStatus::Killed => message,
        // How it failed stands with what is known of the failure; a success needs no words.
        JobState::Ended | JobState::Unknown => String::new(),
        JobState::Queued | JobState::Submitting | JobState::Running if job.cancel_requested_at.is_some() => {
            "It is being cancelled: its processes are told to end.".to_owned()
        }
        JobState::Queued => format!("{} {message}", waiting(job.position)),
        JobState::Submitting => "Its code is being fetched, and its environment made ready.".to_owned(),
        JobState::Running => String::new(),
    };
    Some(words.trim().to_owned()).filter(|words| !words.is_empty())
}

fn waiting(position: Option<u64>) -> String {
    match position {
        Some(1) => "It waits for a free place on the machine of the server, and is the next.".to_owned(),
        Some(position) => {
            format!("It waits for a free place on the machine of the server; {} are before it.", position - 1)
        }
        None => "It waits for a free place on the machine of the server.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::time::UnixMillis;

    fn job(state: JobState) -> RunJob {
        RunJob { state, position: None, attempt: 1, cancel_requested_at: None, message: None }
    }

    #[test]
    fn who_waits_is_told_for_what() {
        let queued = RunJob {
            position: Some(3),
            message: Some("Tried again in 15 s.".to_owned()),
            ..job(JobState::Queued)
        };
        let words = told(&queued, RunStatus::Scheduled).unwrap();
        assert_eq!(
            words,
            "It waits for a free place on the machine of the server; 2 are before it. Tried again in 15 s."
        );
    }

    #[test]
    fn an_end_that_was_asked_for_is_told_until_it_came() {
        let asked = RunJob { cancel_requested_at: Some(UnixMillis(1)), ..job(JobState::Running) };
        assert!(told(&asked, RunStatus::Running).unwrap().starts_with("It is being cancelled"));
        let ended = RunJob { message: Some("Cancelled.".to_owned()), ..job(JobState::Ended) };
        assert_eq!(told(&ended, RunStatus::Killed).unwrap(), "Cancelled.");
        assert_eq!(told(&ended, RunStatus::Finished), None);
        assert_eq!(told(&job(JobState::Running), RunStatus::Running), None);
    }
}
