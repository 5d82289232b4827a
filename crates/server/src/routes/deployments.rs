//! Deployments of saved models of a project, as they are described.

use axum::extract::State;
use axum::http::StatusCode;
use models::deployment::{DeploymentInformation, DeploymentPatch, NewDeployment};
use models::id::{DeploymentId, ProjectId};
use models::page::{Page, PageQuery};
use models::paths;
use models::permission::{Action, Role};
use models::repository::RepositorySearch;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

use super::owned::{owned_creation, owned_handlers};
use crate::AppState;
use crate::auth::{Access, Routes, SignedIn};
use crate::error::Error;
use crate::http::{Acting, Idempotency, IfMatch, Json, Paging, Path, Query, Versioned};
use crate::services::{adopt_access_token, own_connection};
use crate::store::{Store, StoreError};

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::ViewProject, routes!(list))
        .add(Action::DeployModels, routes!(create))
        .add(Action::ViewProject, routes!(show))
        .add(Action::DeployModels, routes!(change))
        .add(Action::DeployModels, routes!(delete))
}

owned_handlers! {
    DeploymentInformation, DeploymentId, DeploymentPatch,
    paths DEPLOYMENTS, DEPLOYMENT;
    tag "deployments";
    present |_| ();
    conceal |deployment, role| if role.why_not(Action::DeployModels).is_some() {
        deployment.endpoint_uri = None;
        deployment.scheduled_request = None;
        // It may have lines of the log.
        if let Some(serving) = &mut deployment.serving {
            serving.reason = None;
        }
    };
    guard may_tend by signed_in;
    list "list_deployments", "The deployments of a project, without their models; what was changed last comes first.";
    show "get_deployment", "A deployment, with its model.";
    change "change_deployment", "Change a deployment: one's own, or as a maintainer anybody's.";
    delete "delete_deployment", "Delete a deployment: one's own, or as a maintainer anybody's.";
}

owned_creation! {
    DeploymentInformation, NewDeployment,
    path DEPLOYMENTS;
    tag "deployments";
    create "create_deployment", "Describe a deployment of a saved model.",
        {"name": "Rain, hourly", "modelId": "0190a5b2-c3d4-4e5f-8a9b-cdef01234567", "cronString": "0 * * * *"};
    CreatedDeployment { deployment_id: DeploymentId }
}

/// Lets whoever made a deployment change it; others need a role for that.
pub(super) async fn may_tend(
    store: &Store,
    access: Access,
    signed_in: &SignedIn,
    id: DeploymentId,
) -> Result<(), Error> {
    if store.deployer(access.project_id, id).await? == Some(signed_in.user.user_id) {
        return Ok(());
    }
    access.require(Action::TendRuns)
}
