//! Letting a schedule rest, and having it act again.

use leptos::prelude::*;
use models::id::ProjectId;
use models::permission::Action;
use models::schedule::{Schedule, SchedulePatch};

use crate::queries;
use crate::ui::{Switch, Toasts};
use crate::widgets::why_not;

/// The switch that says whether a schedule acts. A deployment's is switched on the page of the deployment.
#[component]
pub(super) fn PauseSwitch(project: ProjectId, schedule: Signal<Schedule>) -> impl IntoView {
    let change = queries::schedules::change();
    Effect::new(move || {
        if let Some(Err(error)) = change.value().get() {
            Toasts::current().failure(error.to_string(), error.request_id().map(str::to_owned));
        }
    });
    let reason = why_not(project, Action::SubmitRuns);
    let reason = Signal::derive(move || {
        let deployed = schedule.read().deployment.is_some();
        let there = || deployed.then(|| "It is paused and resumed on the page of its deployment.".to_owned());
        reason.get().or_else(there)
    });
    let choose = move |is_on: bool| {
        let (id, version) = schedule.with_untracked(|schedule| (schedule.schedule_id, schedule.version));
        let patch = SchedulePatch { paused: Some(!is_on), ..SchedulePatch::default() };
        if !change.pending().get_untracked() {
            change.dispatch_local((project, id, version, patch));
        }
    };
    let is_on = Signal::derive(move || !schedule.read().paused);
    let words = move || if is_on.get() { "On" } else { "Paused" };
    let name = move || format!("{} is on", schedule.read().name);
    view! {
        <Switch checked=is_on on_change=choose disabled_reason=reason>
            <span class="visually-hidden">{name}</span>
            <span aria-hidden="true">{words}</span>
        </Switch>
    }
}
