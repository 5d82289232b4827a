//! Code repositories of a project.

use axum::extract::State;
use axum::http::StatusCode;
use models::code::{CodeRepository, CodeRepositoryPatch, NewCodeRepository};
use models::id::{CodeRepositoryId, ProjectId};
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
    CodeRepository, CodeRepositoryId, CodeRepositoryPatch,
    paths CODE, CODE_REPOSITORY;
    tag "code";
    present |repository| repository.description_document = markdown::render(&repository.description);
    list "list_code_repositories", "The code repositories of a project, by name.";
    show "get_code_repository", "A code repository, with the runs that used it in brief.";
    change "change_code_repository", "Change a code repository.";
    delete "delete_code_repository", "Delete a code repository. Runs that used it stay, and name it no more.";
}

owned_creation! {
    CodeRepository, NewCodeRepository,
    path CODE;
    tag "code";
    create "create_code_repository", "Add a code repository to a project.",
        {"codeRepositoryName": "Weather models", "uri": "https://github.com/example/weather.git"};
    CreatedCodeRepository { code_repository_id: CodeRepositoryId }
}
