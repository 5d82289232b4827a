//! The state of a run.

use leptos::prelude::*;
use models::run::RunStatus;

use crate::ui::{Badge, Icon, IconName, Spinner, Tone};

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

/// The state of a run, as a drawing, a word and a colour.
#[component]
pub fn RunStatusBadge(
    /// The state.
    #[prop(into)]
    status: Signal<RunStatus>,
) -> impl IntoView {
    let status = Memo::new(move |_| status.get());
    move || {
        let status = status.get();
        view! {
            <Badge tone=status_tone(status)>
                <span class="run-status">{drawing(status)} <span>{status_title(status)}</span></span>
            </Badge>
        }
    }
}
