//! Deleting a deployment.

use std::sync::Arc;

use leptos::prelude::*;
use models::deployment::DeploymentInformation;
use models::id::ProjectId;
use models::permission::Action;

use crate::queries;
use crate::routes::Route;
use crate::widgets::{DeleteMenu, why_not};

/// The menu that deletes a deployment.
#[component]
pub(super) fn DeleteDeployment(
    project: ProjectId,
    deployment: Signal<Arc<DeploymentInformation>>,
) -> impl IntoView {
    let delete = queries::serving::delete_deployment();
    let send = move |()| {
        let deployment = deployment.get_untracked();
        delete.dispatch_local((project, deployment.deployment_id, deployment.version));
    };
    view! {
        <DeleteMenu
            name=Signal::derive(move || deployment.read().name.clone())
            word="deployment"
            losses="Its schedule ends. The model that answered stays. This cannot be undone."
            why_not=why_not(project, Action::DeployModels)
            delete
            list=Route::Deployments(project)
            on_confirm=send
        />
    }
}
