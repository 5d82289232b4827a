//! Saved views of a project's table of runs.

use models::id::{ProjectId, RunViewId};
use models::paths;
use models::run_view::{NewRunView, OpeningView, RunView, RunViewPatch, RunViews};

use super::ApiError;
use super::http::{self, Query};

/// `GET /api/projects/{project}/views`.
///
/// # Errors
/// As the server answers.
pub(crate) async fn list(project: ProjectId) -> Result<RunViews, ApiError> {
    http::get(&paths::views(project), &Query::none()).await
}

/// `POST /api/projects/{project}/views`.
///
/// # Errors
/// [`ApiError::Conflict`] when the name is taken; [`ApiError::Invalid`] when fields are refused.
pub(crate) async fn create((project, new): (ProjectId, NewRunView)) -> Result<RunView, ApiError> {
    http::create(&paths::views(project), &new).await
}

/// `PUT /api/projects/{project}/views/{view}`, of the version that was seen.
///
/// # Errors
/// [`ApiError::Stale`] when somebody else changed it; [`ApiError::Conflict`] when the name is taken.
pub(crate) async fn change(
    (project, view, version, patch): (ProjectId, RunViewId, i64, RunViewPatch),
) -> Result<(), ApiError> {
    http::change(&paths::view(project, view), version, &patch).await
}

/// `DELETE /api/projects/{project}/views/{view}`, of the version that was seen.
///
/// # Errors
/// [`ApiError::Stale`] when somebody else changed it.
pub(crate) async fn delete((project, view, version): (ProjectId, RunViewId, i64)) -> Result<(), ApiError> {
    http::delete(&paths::view(project, view), Some(version)).await
}

/// `PUT /api/projects/{project}/views/default`: which view opens first for everybody.
///
/// # Errors
/// [`ApiError::Invalid`] when the view is not shared.
pub(crate) async fn set_default((project, view): (ProjectId, Option<RunViewId>)) -> Result<(), ApiError> {
    http::change(&paths::views_default(project), None, &OpeningView { view_id: view }).await
}

/// `PUT /api/projects/{project}/views/default/own`: which view opens first for the person.
///
/// # Errors
/// As the server answers.
pub(crate) async fn set_own_default((project, view): (ProjectId, Option<RunViewId>)) -> Result<(), ApiError> {
    http::change(&paths::views_own_default(project), None, &OpeningView { view_id: view }).await
}
