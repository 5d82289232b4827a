//! Code repositories of a project.

use axum::extract::State;
use axum::http::StatusCode;
use models::code::{CodeContents, CodeContentsQuery, CodeRepository, CodeRepositoryPatch, NewCodeRepository};
use models::id::{CodeRepositoryId, ProjectId};
use models::page::{Page, PageQuery};
use models::paths;
use models::permission::{Action, Role};
use models::problem::Problem;
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
use crate::services::{adopt_access_token, code_contents, own_connection};
use crate::store::{Store, StoreError};

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::ViewProject, routes!(list))
        .add(Action::EditRepositories, routes!(create))
        .add(Action::ViewProject, routes!(show))
        .add(Action::EditRepositories, routes!(change))
        .add(Action::EditRepositories, routes!(delete))
        .add(Action::EditRuns, routes!(contents))
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

/// The entry points of a code repository at a commit, with its branches, tags and latest commits. The server reads the
/// repository for the caller: without credentials, or with a connection of her own that is for its host; that is written
/// down.
#[utoipa::path(get, path = paths::CODE_CONTENTS, tag = "code", operation_id = "get_entry_points", params(CodeContentsQuery),
    responses((status = 200, description = "The entry points.", body = CodeContents),
        (status = 424, description = "The repository does not answer, or is not open to the caller.", body = Problem)))]
async fn contents(
    State(state): State<AppState>,
    Acting(actor): Acting,
    Path((project, code)): Path<(ProjectId, CodeRepositoryId)>,
    Query(asked): Query<CodeContentsQuery>,
) -> Result<Json<CodeContents>, Error> {
    let repository: CodeRepository = state.store().owned(project, code).await?;
    Ok(Json(code_contents(&state, actor, &repository, &asked).await?))
}
