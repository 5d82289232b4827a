//! When a deployment is asked by itself.

use std::sync::Arc;

use leptos::prelude::*;
use models::deployment::DeploymentInformation;

use crate::ui::{Fact, KeyValue, Panel};
use crate::widgets::TimeUntil;

/// The schedule, and its next times where they are known; says so when there is none.
#[component]
pub(super) fn Schedule(deployment: Signal<Arc<DeploymentInformation>>) -> impl IntoView {
    let content = move || {
        let deployment = deployment.get();
        let Some(cron) = deployment.cron_string.clone() else {
            return view! { <p class="small faint">"It is not asked by itself."</p> }.into_any();
        };
        let time = |at| view! { <li><TimeUntil at=Signal::stored(Some(at))/></li> };
        let times = deployment.next_times.iter().copied().map(time).collect_view();
        let next = (!deployment.next_times.is_empty())
            .then(|| view! { <Fact name="Next times"><ul>{times}</ul></Fact> });
        let state = match (deployment.paused, deployment.next_times.is_empty()) {
            (true, _) => "Paused",
            (false, true) => "There is nothing that it is asked; say it under Edit.",
            (false, false) => "On",
        };
        view! {
            <KeyValue>
                {deployment.schedule_sentence.clone().map(|when| view! { <Fact name="When">{when}</Fact> })}
                <Fact name="Cron"><span class="mono">{cron}</span></Fact>
                <Fact name="State">{state}</Fact>
                {next}
            </KeyValue>
        }
        .into_any()
    };
    view! { <Panel title="Schedule">{content}</Panel> }
}
