//! Data repositories of a project.

use axum::extract::State;
use axum::http::StatusCode;
use models::data::{DataRepository, DataRepositoryPatch, NewDataRepository};
use models::id::{DataRepositoryId, ProjectId};
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
use crate::markdown;
use crate::services::{adopt_access_token, own_connection};
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
    DataRepository, DataRepositoryId, DataRepositoryPatch,
    paths DATA, DATA_REPOSITORY;
    tag "data";
    present |repository| repository.description_document = markdown::render(&repository.description);
    list "list_data_repositories", "The data repositories of a project, by name.";
    show "get_data_repository", "A data repository, with the runs that used it in brief.";
    change "change_data_repository", "Change a data repository.";
    delete "delete_data_repository", "Delete a data repository. Runs that used it stay, and name it no more.";
}

owned_creation! {
    DataRepository, NewDataRepository,
    path DATA;
    tag "data";
    create "create_data_repository", "Add a data repository to a project.",
        {"dataRepositoryName": "Radar", "uri": "s3://weather/radar", "versions": {"2024": "main"}};
    CreatedDataRepository { data_repository_id: DataRepositoryId }
}
