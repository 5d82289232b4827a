//! Projects.

use models::id::ProjectId;
use models::label::Label;
use models::lineage::{Lineage, LineageReference};
use models::page::{Page, PageQuery};
use models::paths;
use models::permission::Role;
use models::project::{Activity, NewProject, Project, ProjectPatch, ProjectSearch};
use models::run::StatusCounts;
use serde::Deserialize;

use super::ApiError;
use super::http::{self, Query};

/// `GET /api/projects`.
///
/// # Errors
/// As the server answers.
pub(crate) async fn list((search, page): (ProjectSearch, PageQuery)) -> Result<Page<Project>, ApiError> {
    http::get(&paths::projects(), &Query::none().with(&page).with(&search)).await
}

/// `GET /api/projects/{project}`.
///
/// # Errors
/// [`ApiError::NotFound`] when there is none, or the person may not see it.
pub(crate) async fn get(project: ProjectId) -> Result<Project, ApiError> {
    http::get(&paths::project(project), &Query::none()).await
}

/// What all pages of a project show of it. Most of the answer is left unread, so that its types are no part of what every
/// page needs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProjectInBrief {
    /// Its display name.
    pub name: String,
    /// One or two sentences.
    #[serde(default)]
    pub executive_summary: String,
    /// Its labels.
    #[serde(default)]
    pub labels: Vec<Label>,
    /// Whether everybody may read it.
    pub public: bool,
    /// What the caller may do in it.
    pub current_user_role: Role,
    /// How many runs it has, by status.
    #[serde(default)]
    pub run_counts: StatusCounts,
}

/// As [`get`], in brief.
///
/// # Errors
/// As for [`get`].
pub(crate) async fn get_in_brief(project: ProjectId) -> Result<ProjectInBrief, ApiError> {
    http::get(&paths::project(project), &Query::none()).await
}

/// `GET /api/projects/{project}/activity`; `days` counts back from today.
///
/// # Errors
/// As the server answers.
pub(crate) async fn activity((project, days): (ProjectId, u32)) -> Result<Activity, ApiError> {
    http::get(&paths::project_activity(project), &Query::none().and("days", days)).await
}

/// `GET /api/projects/{project}/lineage`, around one thing.
///
/// # Errors
/// [`ApiError::NotFound`] when there is no such thing.
pub(crate) async fn lineage((project, of): (ProjectId, LineageReference)) -> Result<Lineage, ApiError> {
    http::get(&paths::project_lineage(project), &Query::none().and("of", of)).await
}

/// `POST /api/projects`.
///
/// # Errors
/// [`ApiError::Invalid`] when fields are refused.
pub(crate) async fn create(project: NewProject) -> Result<ProjectId, ApiError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Created {
        project_id: ProjectId,
    }
    http::create(&paths::projects(), &project).await.map(|created: Created| created.project_id)
}

/// `PUT /api/projects/{project}`, of the version that was seen.
///
/// # Errors
/// [`ApiError::Stale`] when somebody else changed it; [`ApiError::Invalid`] when fields are refused.
pub(crate) async fn change(
    (project, version, patch): (ProjectId, i64, ProjectPatch),
) -> Result<(), ApiError> {
    http::change(&paths::project(project), version, &patch).await
}

/// `DELETE /api/projects/{project}`, of the version that was seen.
///
/// # Errors
/// [`ApiError::Stale`] when somebody else changed it.
pub(crate) async fn delete((project, version): (ProjectId, i64)) -> Result<(), ApiError> {
    http::delete(&paths::project(project), Some(version)).await
}
