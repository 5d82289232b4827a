//! Starting and stopping what the server serves itself.

use std::sync::Arc;

use leptos::prelude::*;
use models::deployment::{DeploymentInformation, DeploymentStatus};
use models::id::ProjectId;
use models::permission::Action;

use crate::queries;
use crate::ui::{Button, Emphasis, IconName};
use crate::widgets::{tell_outcome, why_not};

/// Whether it is served, or about to be.
pub(super) fn is_live(status: &DeploymentStatus) -> bool {
    matches!(status, DeploymentStatus::Deploying | DeploymentStatus::Running)
}

/// The button that starts a deployment, or stops it where it is served; none where the server does neither.
#[component]
pub(in super::super) fn Switch(
    project: ProjectId,
    deployment: Signal<Arc<DeploymentInformation>>,
) -> impl IntoView {
    let is_local = Memo::new(move |_| deployment.read().is_local());
    let live = Memo::new(move |_| is_live(&deployment.read().status));
    let buttons = move || match (is_local.get(), live.get()) {
        (false, _) => ().into_any(),
        (true, true) => view! { <Stop project deployment/> }.into_any(),
        (true, false) => view! { <Start project deployment/> }.into_any(),
    };
    view! { {buttons} }
}

#[component]
fn Start(project: ProjectId, deployment: Signal<Arc<DeploymentInformation>>) -> impl IntoView {
    let start = queries::serving::start_deployment();
    tell_outcome(start, "It is being started.");
    let may_not = why_not(project, Action::ServeModels);
    let modes = queries::serving::deployment_modes(move || project);
    let unavailable = move || modes.value.get()?.first()?.unavailable.clone();
    let reason = Signal::derive(move || may_not.get().or_else(unavailable));
    let press = move |_| {
        if !start.pending().get_untracked() {
            start.dispatch_local((project, deployment.read_untracked().deployment_id));
        }
    };
    view! {
        <Button emphasis=Emphasis::Primary icon=IconName::Play busy=start.pending() disabled_reason=reason on_click=press>"Start"</Button>
    }
}

#[component]
fn Stop(project: ProjectId, deployment: Signal<Arc<DeploymentInformation>>) -> impl IntoView {
    let stop = queries::serving::stop_deployment();
    tell_outcome(stop, "It is being stopped.");
    let may_not = why_not(project, Action::ServeModels);
    let is_stopping = move || deployment.read().serving.as_ref().is_some_and(|serving| serving.is_stopping);
    let reason = Signal::derive(move || {
        may_not.get().or_else(|| is_stopping().then(|| "It is being stopped already.".to_owned()))
    });
    let press = move |_| {
        if !stop.pending().get_untracked() {
            stop.dispatch_local((project, deployment.read_untracked().deployment_id));
        }
    };
    view! {
        <Button icon=IconName::XCircle busy=stop.pending() disabled_reason=reason on_click=press>"Stop"</Button>
    }
}

/// The button that has a deployment served anew, as it is described now.
#[component]
pub(super) fn Restart(project: ProjectId, deployment: Signal<Arc<DeploymentInformation>>) -> impl IntoView {
    let restart = queries::serving::restart_deployment();
    tell_outcome(restart, "It is being started again.");
    let disabled_reason = why_not(project, Action::ServeModels);
    let press = move |_| {
        if !restart.pending().get_untracked() {
            restart.dispatch_local((project, deployment.read_untracked().deployment_id));
        }
    };
    view! {
        <Button icon=IconName::Refresh busy=restart.pending() disabled_reason on_click=press>"Restart"</Button>
    }
}
