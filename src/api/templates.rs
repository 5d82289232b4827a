//! Templates of the form that starts a project's runs.

use models::id::{ProjectId, RunTemplateId};
use models::paths;
use models::run_template::{NewRunTemplate, RunTemplate, RunTemplatePatch, RunTemplates};

use super::ApiError;
use super::http::{self, Query};

/// `GET /api/projects/{project}/run-templates`.
///
/// # Errors
/// As the server answers.
pub(crate) async fn list(project: ProjectId) -> Result<RunTemplates, ApiError> {
    http::get(&paths::run_templates(project), &Query::none()).await
}

/// `POST /api/projects/{project}/run-templates`.
///
/// # Errors
/// [`ApiError::Conflict`] when the name is taken; [`ApiError::Invalid`] when fields are refused.
pub(crate) async fn create((project, new): (ProjectId, NewRunTemplate)) -> Result<RunTemplate, ApiError> {
    http::create(&paths::run_templates(project), &new).await
}

/// `PUT /api/projects/{project}/run-templates/{template}`, of the version that was seen.
///
/// # Errors
/// [`ApiError::Stale`] when somebody else changed it; [`ApiError::Conflict`] when the name is taken.
pub(crate) async fn change(
    (project, template, version, patch): (ProjectId, RunTemplateId, i64, RunTemplatePatch),
) -> Result<(), ApiError> {
    http::change(&paths::run_template(project, template), version, &patch).await
}

/// `DELETE /api/projects/{project}/run-templates/{template}`, of the version that was seen.
///
/// # Errors
/// [`ApiError::Stale`] when somebody else changed it.
pub(crate) async fn delete(
    (project, template, version): (ProjectId, RunTemplateId, i64),
) -> Result<(), ApiError> {
    http::delete(&paths::run_template(project, template), Some(version)).await
}
