//! Projects.

use axum::extract::State;
use axum::http::StatusCode;
use models::id::ProjectId;
use models::page::{Page, PageQuery};
use models::paths;
use models::permission::Action;
use models::project::{NewProject, Project, ProjectPatch, ProjectSearch};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::{Access, Routes, SignedIn};
use crate::clock;
use crate::error::Error;
use crate::http::{Idempotency, IfMatch, Json, LabelQuery, Paging, Query, Versioned};
use crate::services::project_page;
use crate::store::{Store, StoreError};

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::ListProjects, routes!(list))
        .add(Action::CreateProject, routes!(create))
        .add(Action::ViewProject, routes!(show))
        .add(Action::EditProject, routes!(change))
        .add_sensitive(Action::DeleteProject, routes!(delete))
}

/// The answer when a project was made.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Created {
    /// Identifies the project.
    project_id: ProjectId,
}

/// The projects that the caller may see: with a text those whose name begins with it first, then what was changed last.
#[utoipa::path(get, path = paths::PROJECTS, tag = "projects", operation_id = "list_projects", params(ProjectSearch, PageQuery,
        ("labels" = Option<Vec<String>>, Query, description = "Only projects with all these labels, each a UUID or `scope:name`.")),
    responses((status = 200, description = "A page.", body = Page<Project>)))]
async fn list(
    State(store): State<Store>,
    signed_in: SignedIn,
    Query(search): Query<ProjectSearch>,
    LabelQuery(labels): LabelQuery,
    Paging(page): Paging,
) -> Result<Json<Page<Project>>, Error> {
    let search = ProjectSearch { labels, ..search };
    Ok(Json(store.projects(signed_in.user.user_id, signed_in.only_project(), search, page).await?))
}

/// Create a project, owned by the caller.
#[utoipa::path(method(post, put), path = paths::PROJECTS, tag = "projects", operation_id = "create_project", request_body = NewProject,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same request with the same key creates one project.")),
    responses((status = 201, description = "Created.", body = Created)))]
async fn create(
    State(store): State<Store>,
    signed_in: SignedIn,
    idempotency: Idempotency,
    Json(new): Json<NewProject>,
) -> Result<(StatusCode, Json<Created>), Error> {
    if signed_in.only_project().is_some() {
        return Err(Error::Forbidden("This token is good for one project alone.".to_owned()));
    }
    let owner = signed_in.user.user_id;
    let once = idempotency.once(owner, "create_project", &new);
    let project_id = store.create_project(owner, new, once).await?;
    Ok((StatusCode::CREATED, Json(Created { project_id })))
}

/// A project with its repositories, members and run counts.
#[utoipa::path(get, path = paths::PROJECT, tag = "projects", operation_id = "get_project",
    responses((status = 200, description = "The project.", body = Project)))]
async fn show(
    State(store): State<Store>,
    signed_in: SignedIn,
    access: Access,
) -> Result<Versioned<Project>, Error> {
    let body = project_page(&store, access.project_id, signed_in.user.user_id).await?;
    Ok(Versioned { version: body.version, body })
}

/// Change a project. Who may see it is for its owners to say.
#[utoipa::path(method(put, post), path = paths::PROJECT, tag = "projects", operation_id = "change_project", request_body = ProjectPatch,
    params(("If-Match" = Option<String>, Header, description = "The version that is changed, `\"v3\"`; browsers must send it.")),
    responses((status = 200, description = "As it is now.", body = Project),
        (status = 412, description = "Somebody else was faster; the project as it is now.", body = models::problem::Problem),
        (status = 428, description = "A browser must say which version it changes.", body = models::problem::Problem)))]
async fn change(
    State(store): State<Store>,
    signed_in: SignedIn,
    access: Access,
    IfMatch(expected): IfMatch,
    Json(patch): Json<ProjectPatch>,
) -> Result<Versioned<Project>, Error> {
    if patch.public.is_some() {
        access.require(Action::ManageMembers)?;
    }
    if patch.public == Some(true) {
        signed_in.check_confirmed(&store, clock::now()).await?;
    }
    let viewer = signed_in.user.user_id;
    if let Err(error) = store.change_project(access.project_id, viewer, patch, expected).await {
        return Err(refused(&store, access, viewer, error).await);
    }
    let body = project_page(&store, access.project_id, viewer).await?;
    Ok(Versioned { version: body.version, body })
}

/// Delete a project with all that is in it.
#[utoipa::path(delete, path = paths::PROJECT, tag = "projects", operation_id = "delete_project",
    params(("If-Match" = Option<String>, Header, description = "The version that is deleted, `\"v3\"`; browsers must send it.")),
    responses((status = 204, description = "Deleted."),
        (status = 409, description = "It is somebody's personal project.", body = models::problem::Problem),
        (status = 412, description = "Somebody else was faster; the project as it is now.", body = models::problem::Problem),
        (status = 428, description = "A browser must say which version it deletes.", body = models::problem::Problem)))]
async fn delete(
    State(store): State<Store>,
    signed_in: SignedIn,
    access: Access,
    IfMatch(expected): IfMatch,
) -> Result<StatusCode, Error> {
    let by = signed_in.user.user_id;
    match store.delete_project(access.project_id, by, expected).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(error) => Err(refused(&store, access, by, error).await),
    }
}

/// Who changed an older version is told how it is now.
async fn refused(store: &Store, access: Access, viewer: models::id::UserId, error: StoreError) -> Error {
    if matches!(error, StoreError::Stale) {
        return Error::stale(project_page(store, access.project_id, viewer).await);
    }
    error.into()
}
