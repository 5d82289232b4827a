//! What runs and deployments printed.

use models::download::DownloadLink;
use models::id::{DeploymentId, ProjectId, RunId};
use models::paths;
use models::run::{LogLines, LogLinesQuery, LogSearchQuery};

use super::ApiError;
use super::http::{self, Query};

/// What printed something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Log {
    /// A run.
    Run(ProjectId, RunId),
    /// What serves a deployment.
    Deployment(ProjectId, DeploymentId),
}

/// `GET …/logs/lines` of `/api/projects/{project}/runs/{run}` or `/api/projects/{project}/deployments/{deployment}`.
///
/// # Errors
/// [`ApiError::NotFound`] when there is no such run or deployment.
pub(crate) async fn lines((log, query): (Log, LogLinesQuery)) -> Result<LogLines, ApiError> {
    let path = match log {
        Log::Run(project, run) => paths::run_logs_lines(project, run),
        Log::Deployment(project, deployment) => paths::deployment_logs_lines(project, deployment),
    };
    http::get(&path, &Query::none().with(&query)).await
}

/// `GET /api/projects/{project}/runs/{run}/logs/search`.
///
/// # Errors
/// [`ApiError::Invalid`] when the text is empty or too long.
pub(crate) async fn search(
    project: ProjectId,
    run: RunId,
    query: &LogSearchQuery,
) -> Result<LogLines, ApiError> {
    http::get(&paths::run_logs_search(project, run), &Query::none().with(query)).await
}

/// `GET /api/projects/{project}/runs/{run}/logs/file`.
///
/// # Errors
/// [`ApiError::NotFound`] when there is no such run.
pub(crate) async fn file((project, run): (ProjectId, RunId)) -> Result<DownloadLink, ApiError> {
    http::get(&paths::run_logs_file(project, run), &Query::none()).await
}
