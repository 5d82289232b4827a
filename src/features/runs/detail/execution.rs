//! How far the server has come with executing a run, and ending it.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::permission::Action;
use models::run::{JobExecutor, JobState, Run, RunJob, RunStatus};
use models::time::UnixMillis;

use crate::queries;
use crate::ui::{Banner, Button, Confirm, IconName, Tone};
use crate::widgets::{RelativeTime, why_not};

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
    let executor = Memo::new(move |_| run.read().job.as_ref().map(|job| job.executor));
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
            {move || match executor.get() {
                Some(JobExecutor::Local) => {
                    "Its processes are told to end, and after ten seconds they are ended. What it has logged stays."
                }
                Some(JobExecutor::Unicore | JobExecutor::Unknown) => {
                    "The machine that has it is asked to end it. What it has logged stays, and so do its files there."
                }
                None => {
                    "It is noted as cancelled. This server does not execute it: whoever does must end it there as well."
                }
            }}
        </Confirm>
    }
}

/// Says why the run has not begun, that its machine cannot be asked, that it is being ended, or how it was; nothing for a run
/// that goes its way.
#[component]
pub(super) fn Execution(#[prop(into)] run: Signal<Arc<Run>>) -> impl IntoView {
    let told = Memo::new(move |_| {
        let run = run.read();
        run.job.as_ref().and_then(|job| told(job, run.status))
    });
    move || {
        told.get().map(|Told { words, since, is_stuck }| {
            let (tone, icon) =
                if is_stuck { (Tone::Warning, IconName::Alert) } else { (Tone::Neutral, IconName::Clock) };
            let since = since.map(|(words, at)| view! { " " {words} " " <RelativeTime at=Some(at)/> "." });
            view! { <Banner tone icon>{words} {since}</Banner> }
        })
    }
}

/// What is told of an execution.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Told {
    words: String,
    /// Words about a moment, and the moment.
    since: Option<(&'static str, UnixMillis)>,
    /// Whether somebody may have to do something.
    is_stuck: bool,
}

fn told(job: &RunJob, status: RunStatus) -> Option<Told> {
    let message = job.message.clone().unwrap_or_default();
    let unanswered = job.unanswered_since.map(|at| ("It is asked again by itself. This began", at));
    let is_cancelled = job.cancel_requested_at.is_some();
    let mut since = unanswered;
    let words = match job.state {
        JobState::Ended if status == RunStatus::Killed => message,
        // How it failed stands with what is known of the failure; a success needs no words.
        JobState::Ended | JobState::Unknown => String::new(),
        JobState::Queued | JobState::Submitting | JobState::Running if is_cancelled => {
            format!("{} {message}", ending(job.executor))
        }
        JobState::Queued | JobState::Running if unanswered.is_some() => message,
        JobState::Queued => format!("{} {message}", waiting(job)),
        JobState::Submitting => submitting(job.executor).to_owned(),
        JobState::Running if status == RunStatus::Scheduled => {
            since = job.queued_since.map(|at| ("It came there", at));
            format!("{} {message}", queued(job))
        }
        JobState::Running => message,
    };
    let words = words.trim().to_owned();
    (!words.is_empty()).then_some(Told { words, since, is_stuck: unanswered.is_some() })
}

fn ending(executor: JobExecutor) -> &'static str {
    match executor {
        JobExecutor::Local => "It is being cancelled: its processes are told to end.",
        JobExecutor::Unicore | JobExecutor::Unknown => {
            "It is being cancelled: its machine is asked to end it."
        }
    }
}

fn submitting(executor: JobExecutor) -> &'static str {
    match executor {
        JobExecutor::Local => "Its code is being fetched, and its environment made ready.",
        JobExecutor::Unicore | JobExecutor::Unknown => "Its code is being fetched and sent to the site.",
    }
}

/// Where it waits on its machine.
fn queued(job: &RunJob) -> String {
    match &job.queue {
        Some(queue) => format!("It waits in the queue {queue} of the site."),
        None => "The site has it, and will put it into its queue.".to_owned(),
    }
}

/// Where it waits here.
fn waiting(job: &RunJob) -> String {
    match (job.executor, job.position) {
        (JobExecutor::Unicore | JobExecutor::Unknown, _) => "It is about to be sent to the site.".to_owned(),
        (JobExecutor::Local, Some(1)) => {
            "It waits for a free place on the machine of the server, and is the next.".to_owned()
        }
        (JobExecutor::Local, Some(position)) => {
            format!("It waits for a free place on the machine of the server; {} are before it.", position - 1)
        }
        (JobExecutor::Local, None) => "It waits for a free place on the machine of the server.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(state: JobState) -> RunJob {
        RunJob {
            executor: JobExecutor::Local,
            state,
            position: None,
            attempt: 1,
            cancel_requested_at: None,
            queue: None,
            queued_since: None,
            unanswered_since: None,
            message: None,
        }
    }

    fn words(job: &RunJob, status: RunStatus) -> Option<String> {
        told(job, status).map(|told| told.words)
    }

    #[test]
    fn who_waits_is_told_for_what() {
        let queued = RunJob {
            position: Some(3),
            message: Some("Tried again in 15 s.".to_owned()),
            ..job(JobState::Queued)
        };
        assert_eq!(
            words(&queued, RunStatus::Scheduled).unwrap(),
            "It waits for a free place on the machine of the server; 2 are before it. Tried again in 15 s."
        );
        let at_site = RunJob {
            executor: JobExecutor::Unicore,
            queue: Some("devel".to_owned()),
            queued_since: Some(UnixMillis(7)),
            ..job(JobState::Running)
        };
        let told = told(&at_site, RunStatus::Scheduled).unwrap();
        assert_eq!(told.words, "It waits in the queue devel of the site.");
        assert_eq!((told.since, told.is_stuck), (Some(("It came there", UnixMillis(7))), false));
        assert_eq!(words(&at_site, RunStatus::Running), None);
    }

    #[test]
    fn a_site_that_does_not_answer_is_told_until_it_does() {
        let message = Some("site.example.org does not answer.".to_owned());
        let unanswered_since = Some(UnixMillis(7));
        for (state, status) in [
            (JobState::Queued, RunStatus::Scheduled),
            (JobState::Running, RunStatus::Scheduled),
            (JobState::Running, RunStatus::Running),
        ] {
            let job = RunJob { message: message.clone(), unanswered_since, ..job(state) };
            let told = told(&job, status).unwrap();
            assert_eq!((told.words.as_str(), told.is_stuck), ("site.example.org does not answer.", true));
            assert_eq!(told.since.unwrap().1, UnixMillis(7));
        }
    }

    #[test]
    fn an_end_that_was_asked_for_is_told_until_it_came() {
        let asked = RunJob { cancel_requested_at: Some(UnixMillis(1)), ..job(JobState::Running) };
        assert!(words(&asked, RunStatus::Running).unwrap().starts_with("It is being cancelled"));
        let ended = RunJob { message: Some("Cancelled.".to_owned()), ..job(JobState::Ended) };
        assert_eq!(words(&ended, RunStatus::Killed).unwrap(), "Cancelled.");
        assert_eq!(words(&ended, RunStatus::Finished), None);
        assert_eq!(words(&job(JobState::Running), RunStatus::Running), None);
    }
}
