//! Definitions of models of a project: code at a commit, from which models are trained.

use axum::extract::State;
use axum::http::StatusCode;
use models::id::{ModelRepositoryId, ProjectId};
use models::lenient::OneOrMany;
use models::model::{CreatedModelRepositories, ModelRepository, ModelRepositoryPatch, NewModelRepository};
use models::page::{Page, PageQuery};
use models::paths;
use models::permission::{Action, Role};
use models::repository::RepositorySearch;
use utoipa_axum::routes;

use super::owned::owned_handlers;
use crate::AppState;
use crate::auth::{Access, Routes, SignedIn};
use crate::error::Error;
use crate::http::{Idempotency, IfMatch, Json, Paging, Path, Query, Versioned};
use crate::markdown;
use crate::services::own_connection;
use crate::store::{Store, StoreError};

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::ViewProject, routes!(list))
        .add(Action::EditRepositories, routes!(create))
        .add(Action::ViewProject, routes!(show))
        .add(Action::EditRepositories, routes!(change))
        .add(Action::EditRepositories, routes!(delete))
}

owned_handlers! {
    ModelRepository, ModelRepositoryId, ModelRepositoryPatch,
    paths MODELS, MODEL_REPOSITORY;
    tag "models";
    present |definition| definition.description_document = markdown::render(&definition.description);
    list "list_model_repositories", "The definitions of models of a project, by name.";
    show "get_model_repository", "The definition of a model, with the runs that trained it in brief.";
    change "change_model_repository", "Change the definition of a model.";
    delete "delete_model_repository",
        "Delete the definition of a model. Runs and saved models that used it stay, and name it no more.";
}

/// Add definitions of models to a project: one, or a list of which all are added or none.
#[utoipa::path(method(post, put), path = paths::MODELS, tag = "models", operation_id = "create_model_repository",
    request_body(content = NewModelRepository, example = json!({"name": "Rain", "branch": "main"})),
    params(("Idempotency-Key" = Option<String>, Header, description = "The same request with the same key has its effect once.")),
    responses((status = 201, description = "Made.", body = CreatedModelRepositories),
        (status = 409, description = "The project has one of this name.", body = models::problem::Problem)))]
async fn create(
    State(store): State<Store>,
    signed_in: SignedIn,
    access: Access,
    idempotency: Idempotency,
    Json(new): Json<OneOrMany<NewModelRepository>>,
) -> Result<(StatusCode, Json<CreatedModelRepositories>), Error> {
    if !(1..=MOST_AT_ONCE).contains(&new.0.len()) {
        return Err(Error::BadRequest(format!("Send 1 to {MOST_AT_ONCE} definitions.")));
    }
    let by = signed_in.user.user_id;
    let once = idempotency.once(by, "create_model_repository", &(access.project_id, &new));
    let ids = store.add_owned::<ModelRepository>(access.project_id, Some(by), new.0, once).await?;
    let first = ids.first().copied().ok_or(Error::NotFound)?;
    let made = CreatedModelRepositories { model_repository_id: first, model_repository_ids: ids };
    Ok((StatusCode::CREATED, Json(made)))
}

/// How many definitions one request may add.
const MOST_AT_ONCE: usize = 100;
