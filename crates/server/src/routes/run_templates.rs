//! Templates of the form that starts runs.

use axum::extract::State;
use axum::http::StatusCode;
use models::id::{ProjectId, RunTemplateId};
use models::paths;
use models::permission::Action;
use models::run_template::{NewRunTemplate, RunDraft, RunTemplate, RunTemplatePatch, RunTemplates};
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::{Access, Routes, SignedIn};
use crate::error::Error;
use crate::http::{Idempotency, IfMatch, Json, Path, Versioned};
use crate::store::{Store, StoreError};

/// How long a request may be, in bytes: a draft, written with more blanks than we would.
const BODY_LIMIT: usize = 4 * RunDraft::MAX_BYTES;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::ViewProject, routes!(list))
        .add_small(Action::SubmitRuns, BODY_LIMIT, routes!(create))
        .add(Action::ViewProject, routes!(show))
        .add_small(Action::SubmitRuns, BODY_LIMIT, routes!(change))
        .add(Action::SubmitRuns, routes!(delete))
}

/// The templates of a project: the caller's own and those that are shared.
#[utoipa::path(get, path = paths::RUN_TEMPLATES, tag = "runs", operation_id = "list_run_templates",
    responses((status = 200, description = "By name.", body = RunTemplates)))]
async fn list(
    State(store): State<Store>,
    access: Access,
    signed_in: SignedIn,
) -> Result<Json<RunTemplates>, Error> {
    Ok(Json(store.run_templates(access.project_id, signed_in.user.user_id).await?))
}

/// Save a template. Values that look like secrets are refused.
#[utoipa::path(post, path = paths::RUN_TEMPLATES, tag = "runs", operation_id = "create_run_template",
    request_body(content = NewRunTemplate, example = json!({
        "name": "Nightly training",
        "draft": {"branch": "main", "entryPoint": "main", "mlflowParameters": {"alpha": "0.5"}, "backendConfigYaml": "Local:\n  Runtime: 2h\n"},
        "isShared": true,
    })),
    params(("Idempotency-Key" = Option<String>, Header, description = "The same request with the same key saves one template.")),
    responses((status = 201, description = "The template.", body = RunTemplate),
        (status = 409, description = "The name is taken, or there are as many templates as there may be.", body = models::problem::Problem)))]
async fn create(
    State(store): State<Store>,
    access: Access,
    signed_in: SignedIn,
    idempotency: Idempotency,
    Json(new): Json<NewRunTemplate>,
) -> Result<(StatusCode, Json<RunTemplate>), Error> {
    if new.is_shared {
        access.require(Action::ShareViews)?;
    }
    let owner = signed_in.user.user_id;
    let once = idempotency.once(owner, "create_run_template", &(access.project_id, &new));
    let made = store.create_run_template(access.project_id, owner, new, once).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// A template.
#[utoipa::path(get, path = paths::RUN_TEMPLATE, tag = "runs", operation_id = "get_run_template",
    responses((status = 200, description = "The template.", body = RunTemplate)))]
async fn show(
    State(store): State<Store>,
    signed_in: SignedIn,
    Path((project, id)): Path<(ProjectId, RunTemplateId)>,
) -> Result<Versioned<RunTemplate>, Error> {
    Ok(versioned(store.run_template(project, signed_in.user.user_id, id).await?))
}

/// Change a template: its name, what it holds, or whether it is shared.
#[utoipa::path(put, path = paths::RUN_TEMPLATE, tag = "runs", operation_id = "change_run_template",
    request_body(content = RunTemplatePatch, example = json!({"name": "Nightly training on GPUs"})),
    params(("If-Match" = Option<String>, Header, description = "The version that is changed, `\"v3\"`; browsers must send it.")),
    responses((status = 200, description = "As it is now.", body = RunTemplate),
        (status = 409, description = "The name is taken, or there are as many templates as there may be.", body = models::problem::Problem),
        (status = 412, description = "Somebody else was faster; the template as it is now.", body = models::problem::Problem),
        (status = 428, description = "A browser must say which version it changes.", body = models::problem::Problem)))]
async fn change(
    State(store): State<Store>,
    access: Access,
    signed_in: SignedIn,
    Path((project, id)): Path<(ProjectId, RunTemplateId)>,
    IfMatch(expected): IfMatch,
    Json(patch): Json<RunTemplatePatch>,
) -> Result<Versioned<RunTemplate>, Error> {
    let user = signed_in.user.user_id;
    let template = store.run_template(project, user, id).await?;
    allow(template.why_not_change(user, access.role))?;
    if patch.is_shared.is_some_and(|is_shared| is_shared != template.is_shared) {
        allow(template.why_not_share(user, access.role))?;
    }
    // Who may change it is decided for this version.
    match store.change_run_template(project, user, id, patch, expected.unwrap_or(template.version)).await {
        Ok(template) => Ok(versioned(template)),
        Err(StoreError::Stale) => Err(Error::stale(store.run_template(project, user, id).await)),
        Err(error) => Err(error.into()),
    }
}

/// Delete a template. Runs stay as they are.
#[utoipa::path(delete, path = paths::RUN_TEMPLATE, tag = "runs", operation_id = "delete_run_template",
    params(("If-Match" = Option<String>, Header, description = "The version that is deleted, `\"v3\"`; browsers must send it.")),
    responses((status = 204, description = "Deleted."),
        (status = 412, description = "Somebody else was faster; the template as it is now.", body = models::problem::Problem),
        (status = 428, description = "A browser must say which version it deletes.", body = models::problem::Problem)))]
async fn delete(
    State(store): State<Store>,
    access: Access,
    signed_in: SignedIn,
    Path((project, id)): Path<(ProjectId, RunTemplateId)>,
    IfMatch(expected): IfMatch,
) -> Result<StatusCode, Error> {
    let user = signed_in.user.user_id;
    let template = store.run_template(project, user, id).await?;
    allow(template.why_not_change(user, access.role))?;
    match store.delete_run_template(project, id, expected.unwrap_or(template.version)).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(StoreError::Stale) => Err(Error::stale(store.run_template(project, user, id).await)),
        Err(error) => Err(error.into()),
    }
}

fn allow(why_not: Option<String>) -> Result<(), Error> {
    why_not.map_or(Ok(()), |reason| Err(Error::Forbidden(reason)))
}

fn versioned(template: RunTemplate) -> Versioned<RunTemplate> {
    Versioned { version: template.version, body: template }
}
