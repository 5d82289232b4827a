//! What a deployment is doing that the server serves itself, and what to do about it.

use std::sync::Arc;

use leptos::prelude::*;
use models::deployment::{DeploymentInformation, DeploymentStatus, Serving};
use models::id::ProjectId;

use super::switch::{Restart, is_live};
use crate::queries;
use crate::ui::{Banner, IconName, Tone};

/// Says why the deployment is in its state where that needs words, that it is behind its description, and that this server
/// cannot serve it; nothing for one that goes its way.
#[component]
pub(in super::super) fn State(
    project: ProjectId,
    deployment: Signal<Arc<DeploymentInformation>>,
) -> impl IntoView {
    let told = Memo::new(move |_| {
        let deployment = deployment.read();
        deployment.serving.as_ref().and_then(|serving| told(&deployment.status, serving))
    });
    let is_behind = Memo::new(move |_| {
        let deployment = deployment.read();
        deployment.serving.as_ref().is_some_and(|serving| serving.needs_restart && !serving.is_stopping)
    });
    let asks = Memo::new(move |_| deployment.read().is_local() && !is_live(&deployment.read().status));
    let modes = queries::serving::deployment_modes(move || project);
    let unavailable = move || modes.value.get()?.first()?.unavailable.clone().filter(|_| asks.get());
    view! {
        {move || told.get().map(|(tone, icon, words)| {
            let (first, rest) = match words.split_once('\n') {
                Some((first, rest)) => (first.to_owned(), Some(rest.to_owned())),
                None => (words, None),
            };
            view! {
                <Banner tone icon>
                    <p>{first}</p>
                    {rest.map(|rest| view! { <pre class="deployment-last-lines" tabindex="0" aria-label="The last lines of the log">{rest}</pre> })}
                </Banner>
            }
        })}
        {move || is_behind.get().then(|| view! {
            <Banner tone=Tone::Warning icon=IconName::Alert action=move || view! { <Restart project deployment/> }>
                "It was changed since it was started, and answers as before until it is restarted."
            </Banner>
        })}
        {move || unavailable().map(|reason| view! {
            <Banner tone=Tone::Neutral icon=IconName::Info>
                {reason} " Until then, edit this deployment and enter the endpoint where a machine answers already."
            </Banner>
        })}
    }
}

fn told(status: &DeploymentStatus, serving: &Serving) -> Option<(Tone, IconName, String)> {
    if serving.is_stopping && is_live(status) {
        let words = "It is being stopped: its processes are told to end.".to_owned();
        return Some((Tone::Neutral, IconName::Clock, words));
    }
    let reason = serving.reason.clone();
    match status {
        DeploymentStatus::Failed => reason.map(|reason| (Tone::Danger, IconName::XCircle, reason)),
        DeploymentStatus::Deploying => {
            let usual = || {
                "Its environment is made ready, and its model loaded. The log below tells how far it is."
                    .to_owned()
            };
            let tone = if reason.is_some() { Tone::Warning } else { Tone::Info };
            Some((tone, IconName::Clock, reason.unwrap_or_else(usual)))
        }
        DeploymentStatus::Stopped => reason.map(|reason| (Tone::Neutral, IconName::Info, reason)),
        DeploymentStatus::Created | DeploymentStatus::Running | DeploymentStatus::Unknown(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_words_is_told() {
        let serving =
            |reason: Option<&str>| Serving { reason: reason.map(str::to_owned), ..Serving::default() };
        assert_eq!(told(&DeploymentStatus::Running, &serving(None)), None);
        let (tone, _, words) = told(&DeploymentStatus::Failed, &serving(Some("It ended."))).unwrap();
        assert_eq!((tone, words.as_str()), (Tone::Danger, "It ended."));
        let again =
            told(&DeploymentStatus::Deploying, &serving(Some("It is started again after 2 s."))).unwrap();
        assert_eq!(again.0, Tone::Warning);
        let stopping = Serving { is_stopping: true, ..serving(None) };
        assert!(told(&DeploymentStatus::Running, &stopping).unwrap().2.contains("being stopped"));
        assert_eq!(told(&DeploymentStatus::Stopped, &stopping), None);
    }
}
