//! How many runs are in which state.

use leptos::prelude::*;
use models::run::{RunStatus, StatusCounts};

use super::run_status::{status_title, status_tone};
use crate::ui::{Part, StackedBar};

/// Runs by their state, as parts of a bar; those that ask for attention first in the legend.
#[component]
pub fn StatusBar(
    /// The counts.
    #[prop(into)]
    counts: Signal<StatusCounts>,
    /// Leaves the legend out where the numbers stand beside.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    const ORDER: [RunStatus; 5] =
        [RunStatus::Running, RunStatus::Scheduled, RunStatus::Failed, RunStatus::Killed, RunStatus::Finished];
    let parts = move || {
        let counts = counts.get();
        let part =
            |status| Part::new(status_title(status).to_lowercase(), counts.of(status), status_tone(status));
        ORDER.map(part).to_vec()
    };
    view! { <StackedBar label="Runs by status" parts=Signal::derive(parts) bare/> }
}
