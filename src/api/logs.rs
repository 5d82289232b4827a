//! What runs printed.

use models::download::DownloadLink;
use models::id::{ProjectId, RunId};
use models::paths;
use models::run::{LogLines, LogLinesQuery, LogSearchQuery};

use super::ApiError;
use super::http::{self, Query};

/// `GET /api/projects/{project}/runs/{run}/logs/lines`.
///
/// # Errors
/// [`ApiError::NotFound`] when there is no such run.
pub(crate) async fn lines(
    (project, run, query): (ProjectId, RunId, LogLinesQuery),
) -> Result<LogLines, ApiError> {
    http::get(&paths::run_logs_lines(project, run), &Query::none().with(&query)).await
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
