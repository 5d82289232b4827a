//! What the pages of saved models and of deployments have in common.

use leptos::prelude::*;
use models::deployment::DeploymentStatus;

use crate::ui::{Badge, Tone};

/// The state of a deployment.
#[component]
pub(super) fn DeploymentBadge(#[prop(into)] status: Signal<DeploymentStatus>) -> impl IntoView {
    move || {
        let (tone, words) = match status.get() {
            DeploymentStatus::Created => (Tone::Neutral, "Not started".to_owned()),
            DeploymentStatus::Deploying => (Tone::Info, "Starting".to_owned()),
            DeploymentStatus::Running => (Tone::Success, "Running".to_owned()),
            DeploymentStatus::Stopped => (Tone::Neutral, "Stopped".to_owned()),
            DeploymentStatus::Failed => (Tone::Danger, "Failed".to_owned()),
            DeploymentStatus::Unknown(text) => (Tone::Warning, text),
        };
        view! { <Badge tone=tone>{words}</Badge> }
    }
}
