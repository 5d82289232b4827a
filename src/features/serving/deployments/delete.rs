//! Deleting a deployment.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use models::deployment::DeploymentInformation;
use models::id::ProjectId;
use models::permission::Action;

use super::super::parts::why_not;
use crate::queries;
use crate::routes::Route;
use crate::ui::{Confirm, IconName, Menu, MenuItem, Toasts};

/// The menu that deletes a deployment.
#[component]
pub(super) fn DeleteDeployment(
    project: ProjectId,
    deployment: Signal<Arc<DeploymentInformation>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let delete = queries::serving::delete_deployment();
    let why_not = why_not(project, Action::DeployModels);
    let navigate = use_navigate();
    Effect::new(move || {
        if matches!(*delete.value().read(), Some(Ok(()))) {
            open.set(false);
            Toasts::current().success("The deployment was deleted.");
            let replace = NavigateOptions { replace: true, ..NavigateOptions::default() };
            navigate(&Route::Deployments(project).to_string(), replace);
        }
    });
    let send = move |()| {
        let deployment = deployment.get_untracked();
        delete.dispatch_local((project, deployment.deployment_id, deployment.version));
    };
    let error = Signal::derive(move || Some(delete.value().get()?.err()?.to_string()));
    view! {
        <Menu label="More" icon=IconName::More icon_only=true>
            <MenuItem icon=IconName::Trash danger=true disabled_reason=why_not on_select=move |()| open.set(true)>"Delete"</MenuItem>
        </Menu>
        <Confirm
            open
            title=Signal::derive(move || format!("Delete {}?", deployment.read().name))
            action="Delete"
            busy=delete.pending()
            error
            on_confirm=send
        >
            <p>"Its schedule ends. The model that answered stays. This cannot be undone."</p>
        </Confirm>
    }
}
