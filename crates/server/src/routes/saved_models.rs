//! Saved, that is trained, models of a project.

use axum::extract::State;
use axum::http::StatusCode;
use models::id::{ProjectId, SavedModelId};
use models::model::{NewSavedModel, SavedModel, SavedModelPatch};
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
        .add(Action::EditRuns, routes!(create))
        .add(Action::ViewProject, routes!(show))
        .add(Action::EditRuns, routes!(change))
        .add(Action::EditRuns, routes!(delete))
}

owned_handlers! {
    SavedModel, SavedModelId, SavedModelPatch,
    paths SAVED_MODELS, SAVED_MODEL;
    tag "models";
    present |_| ();
    list "list_saved_models", "The saved models of a project, by name.";
    show "get_saved_model", "A saved model.";
    change "change_saved_model", "Change a saved model. A run decides where it lies, whatever `uri` and `location` say.";
    delete "delete_saved_model", "Delete a saved model and its deployments. The run that trained it stays, with its artifacts.";
}

owned_creation! {
    SavedModel, NewSavedModel,
    path SAVED_MODELS;
    tag "models";
    create "create_saved_model",
        "Add a saved model to a project: one that a run trained, or one that lies at `uri` in the storage `location`.",
        {"name": "Rain 2", "uri": "s3://weather/rain-2", "location": "S3"};
    CreatedSavedModel { model_id: SavedModelId }
}
