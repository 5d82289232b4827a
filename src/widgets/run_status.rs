//! The state of a run.

use leptos::prelude::*;
use models::progress::Progress;
use models::run::RunStatus;
use models::time::UnixMillis;

use super::clock::Clock;
use crate::ui::{Badge, Icon, IconName, ProgressRing, Spinner, Tone, time};

/// What a state is called on screen.
#[must_use]
pub const fn status_title(status: RunStatus) -> &'static str {
    match status {
        RunStatus::Scheduled => "Queued",
        RunStatus::Running => "Running",
        RunStatus::Finished => "Finished",
        RunStatus::Failed => "Failed",
        RunStatus::Killed => "Cancelled",
        RunStatus::Unknown => "Unknown",
    }
}

/// The colour of a state.
#[must_use]
pub const fn status_tone(status: RunStatus) -> Tone {
    match status {
        RunStatus::Scheduled | RunStatus::Killed => Tone::Neutral,
        RunStatus::Running => Tone::Info,
        RunStatus::Finished => Tone::Success,
        RunStatus::Failed => Tone::Danger,
        RunStatus::Unknown => Tone::Warning,
    }
}

fn drawing(status: RunStatus) -> AnyView {
    let name = match status {
        RunStatus::Running => return view! { <Spinner/> }.into_any(),
        RunStatus::Scheduled => IconName::Clock,
        RunStatus::Finished => IconName::CheckCircle,
        RunStatus::Failed => IconName::XCircle,
        RunStatus::Killed => IconName::Slash,
        RunStatus::Unknown => IconName::Alert,
    };
    view! { <Icon name/> }.into_any()
}

/// The state of a run, as a drawing, a word and a colour; of one that is running also how far it has come.
#[component]
pub fn RunStatusBadge(
    /// The state.
    #[prop(into)]
    status: Signal<RunStatus>,
    /// What a run that is running says of how far it has come.
    #[prop(optional, into)]
    progress: Signal<Option<Progress>>,
) -> impl IntoView {
    let status = Memo::new(move |_| status.get());
    let progress = Memo::new(move |_| progress.get().filter(|_| status.get() == RunStatus::Running));
    move || {
        let status = status.get();
        let drawn = move || match progress.get() {
            Some(Progress { done, .. }) => view! { <ProgressRing fraction=done/> }.into_any(),
            None => drawing(status),
        };
        let far = move || progress.get().map(|progress| view! { <Far progress/> });
        view! {
            <Badge tone=status_tone(status)>
                <span class="run-status">{drawn} <span>{status_title(status)}</span> {far}</span>
            </Badge>
        }
    }
}

/// The part that is done; how long the rest will take, at the same pace, is its tooltip.
#[component]
fn Far(progress: Progress) -> impl IntoView {
    let clock = Clock::current();
    let told = move || foretold(progress, clock.about_now());
    view! { <span class="run-status-far" data-tip=told>{percent(progress.done)}</span> }
}

/// Whole percent; all of it only when all is done.
fn percent(done: f64) -> String {
    format!("{:.0}\u{202f}%", (done * 100.0).floor())
}

fn foretold(progress: Progress, now: UnixMillis) -> String {
    match progress.estimated_end {
        Some(end) if end > now => {
            let left = time::duration(end.millis_since(now).unsigned_abs());
            format!("{} done; at this pace {left} are left", percent(progress.done))
        }
        Some(_) => format!("{} done; at its pace it would have ended by now", percent(progress.done)),
        None => format!("{} done", percent(progress.done)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_done_only_when_all_is_done() {
        for (done, expected) in [(0.0, "0"), (0.64, "64"), (0.999, "99"), (1.0, "100")] {
            assert_eq!(percent(done), format!("{expected}\u{202f}%"));
        }
    }

    #[test]
    fn an_end_is_foretold_as_long_as_it_lies_ahead() {
        let told = |end: Option<i64>| {
            let progress = Progress { done: 0.5, estimated_end: end.map(UnixMillis) };
            foretold(progress, UnixMillis(60_000)).replace('\u{202f}', " ")
        };
        assert_eq!(told(Some(180_000)), "50 % done; at this pace 2m 00s are left");
        assert_eq!(told(Some(60_000)), "50 % done; at its pace it would have ended by now");
        assert_eq!(told(None), "50 % done");
    }
}
