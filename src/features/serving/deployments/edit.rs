//! Changing a deployment.

use std::sync::Arc;

use leptos::prelude::*;
use models::deployment::{DeploymentInformation, DeploymentPatch};
use models::id::ProjectId;
use models::permission::Action;

use super::draft::Draft;
use super::fields::{DeploymentFields, Fields};
use crate::queries;
use crate::ui::{Button, Checkbox, Dialog, IconName};
use crate::widgets::{EditForm, FormErrors, differences, why_not};

/// The button that changes a deployment, and its dialog.
#[component]
pub(super) fn EditDeployment(
    project: ProjectId,
    deployment: Signal<Arc<DeploymentInformation>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let why_not = why_not(project, Action::DeployModels);
    view! {
        <Button icon=IconName::Edit disabled_reason=why_not on_click=move |_| open.set(true)>"Edit"</Button>
        <Dialog open title="Edit deployment" locked=busy>
            {move || view! { <DeploymentForm project deployment open busy/> }}
        </Dialog>
    }
}

#[component]
fn DeploymentForm(
    project: ProjectId,
    deployment: Signal<Arc<DeploymentInformation>>,
    open: RwSignal<bool>,
    busy: RwSignal<bool>,
) -> impl IntoView {
    let seen = RwSignal::new(deployment.get_untracked());
    let stored = move || Draft::from(&**seen.read_untracked());
    let fields = Fields::of(stored());
    let change = queries::serving::change_deployment();
    let errors = FormErrors::of(change);
    let submit = move |()| {
        if let Some(mut patch) = errors.check::<_, DeploymentPatch>(fields.draft()) {
            // It may be somebody else's, which only she can name; what it is stays.
            patch.connection_id.take_if(|wanted| *wanted == seen.read_untracked().connection_id);
            let (id, version) =
                seen.with_untracked(|deployment| (deployment.deployment_id, deployment.version));
            change.dispatch_local((project, id, version, patch));
        }
    };
    view! {
        <EditForm
            latest=deployment
            seen
            version=|deployment: &DeploymentInformation| deployment.version
            changes
            change
            errors
            shown=Fields::SHOWN
            open
            busy
            on_take=move |()| fields.fill(stored())
            on_submit=submit
        >
            <DeploymentFields project fields errors/>
            <Checkbox checked=fields.paused hint="The model is not asked by itself while it rests.">"Pause the schedule"</Checkbox>
        </EditForm>
    }
}

fn changes(before: &DeploymentInformation, now: &DeploymentInformation) -> Vec<String> {
    let model = |deployment: &DeploymentInformation| {
        deployment.model.as_ref().map_or_else(|| deployment.model_id.to_string(), |model| model.name.clone())
    };
    let connection = |deployment: &DeploymentInformation| {
        deployment
            .connection
            .as_ref()
            .map_or_else(String::new, |connection| connection.connection_name.clone())
    };
    let (models, connections) = ((model(before), model(now)), (connection(before), connection(now)));
    let (before, now) = (Draft::from(before), Draft::from(now));
    let rests = |draft: &Draft| if draft.paused { "paused" } else { "on" }.to_owned();
    differences([
        ("schedule's state", rests(&before), rests(&now)),
        ("name", before.name, now.name),
        ("model", models.0, models.1),
        ("mode", before.mode, now.mode),
        ("way of serving it", before.local.words(), now.local.words()),
        ("connection", connections.0, connections.1),
        ("endpoint", before.endpoint, now.endpoint),
        ("protocol", before.protocol, now.protocol),
        ("name of the model at the endpoint", before.model_name, now.model_name),
        ("schedule", before.cron, now.cron),
        ("time zone", before.time_zone, now.time_zone),
        ("what it is asked", before.request, now.request),
    ])
}
