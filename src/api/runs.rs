//! Runs.

use models::comparison::{ComparedHistories, ComparedHistoriesRequest, Comparison, ComparisonRequest};
use models::download::DownloadLink;
use models::id::{ProjectId, RunId};
use models::metric::{HistoryRequest, MetricHistory};
use models::paths;
use models::run::{
    AddRun, AddedRun, ArtifactListing, BulkRunOutcome, BulkRunRequest, Run, RunCheck, RunData,
    RunExportRequest, RunPatch,
};
use models::run_table::{
    ColumnContents, ColumnContentsRequest, GroupPage, GroupPageRequest, RunKeys, RunPage, RunPageRequest,
    TableScope,
};
use models::sparkline::{Sparklines, SparklinesRequest};

use super::ApiError;
use super::http::{self, FilePart, Query};

/// `POST /api/projects/{project}/runs/search`, or `POST /api/runs/search` of all projects.
///
/// # Errors
/// [`ApiError::Invalid`] when the filter cannot be read.
pub(crate) async fn search((scope, request): (TableScope, RunPageRequest)) -> Result<RunPage, ApiError> {
    http::ask(&scope.project().map_or_else(paths::all_runs_search, paths::runs_search), &request).await
}

/// `POST /api/projects/{project}/runs/groups`, or `POST /api/runs/groups` of all projects.
///
/// # Errors
/// [`ApiError::Invalid`] when the filter cannot be read.
pub(crate) async fn groups((scope, request): (TableScope, GroupPageRequest)) -> Result<GroupPage, ApiError> {
    http::ask(&scope.project().map_or_else(paths::all_runs_groups, paths::runs_groups), &request).await
}

/// `GET /api/projects/{project}/runs/keys`, or `GET /api/runs/keys` of all projects.
///
/// # Errors
/// As the server answers.
pub(crate) async fn keys(scope: TableScope) -> Result<RunKeys, ApiError> {
    http::get(&scope.project().map_or_else(paths::all_runs_keys, paths::runs_keys), &Query::none()).await
}

/// `POST /api/projects/{project}/runs/columns`, or `POST /api/runs/columns` of all projects.
///
/// # Errors
/// [`ApiError::Invalid`] when the filter cannot be read.
pub(crate) async fn contents(
    (scope, request): (TableScope, ColumnContentsRequest),
) -> Result<ColumnContents, ApiError> {
    http::ask(&scope.project().map_or_else(paths::all_runs_columns, paths::runs_columns), &request).await
}

/// `POST /api/projects/{project}/runs/compare`.
///
/// # Errors
/// [`ApiError::Invalid`] when there are no runs or too many.
pub(crate) async fn compare(
    (project, request): (ProjectId, ComparisonRequest),
) -> Result<Comparison, ApiError> {
    http::ask(&paths::runs_compare(project), &request).await
}

/// `POST /api/projects/{project}/runs/{run}/metrics`.
///
/// # Errors
/// [`ApiError::NotFound`] when there is no such run.
pub(crate) async fn metrics(
    (project, run, request): (ProjectId, RunId, HistoryRequest),
) -> Result<Vec<MetricHistory>, ApiError> {
    http::ask(&paths::run_metrics(project, run), &request).await
}

/// `POST /api/projects/{project}/runs/metrics`.
///
/// # Errors
/// [`ApiError::Invalid`] when too much is asked for.
pub(crate) async fn compared_metrics(
    (project, request): (ProjectId, ComparedHistoriesRequest),
) -> Result<Vec<ComparedHistories>, ApiError> {
    http::ask(&paths::runs_metrics(project), &request).await
}

/// `POST /api/projects/{project}/runs/sparklines`, or `POST /api/runs/sparklines` of all projects.
///
/// # Errors
/// [`ApiError::Invalid`] when too much is asked for.
pub(crate) async fn sparklines(
    (scope, request): (TableScope, SparklinesRequest),
) -> Result<Sparklines, ApiError> {
    http::ask(&scope.project().map_or_else(paths::all_runs_sparklines, paths::runs_sparklines), &request)
        .await
}

/// `GET /api/projects/{project}/runs/{run}`.
///
/// # Errors
/// [`ApiError::NotFound`] when the run is gone or belongs to another project.
pub(crate) async fn get((project, run): (ProjectId, RunId)) -> Result<Run, ApiError> {
    http::get(&paths::run(project, run), &Query::none()).await
}

/// `GET /api/projects/{project}/runs/{run}/artifacts`.
///
/// # Errors
/// [`ApiError::NotFound`] when there is no such run.
pub(crate) async fn archive((project, run): (ProjectId, RunId)) -> Result<DownloadLink, ApiError> {
    http::get(&paths::run_artifacts(project, run), &Query::none()).await
}

/// `GET /api/projects/{project}/runs/{run}/data`.
///
/// # Errors
/// [`ApiError::NotFound`] when there is no such run.
pub(crate) async fn data((project, run): (ProjectId, RunId)) -> Result<RunData, ApiError> {
    http::get(&paths::run_data(project, run), &Query::none()).await
}

/// `GET /api/projects/{project}/runs/{run}/files`; an empty folder is the root.
///
/// # Errors
/// [`ApiError::NotFound`] when there is no such run or folder.
pub(crate) async fn files(
    (project, run, folder): (ProjectId, RunId, String),
) -> Result<ArtifactListing, ApiError> {
    http::get(&paths::run_files(project, run), &Query::none().and("path", folder)).await
}

/// `GET /api/projects/{project}/runs/{run}/files`: the files with one of these names, separated by commas, in any folder.
///
/// # Errors
/// [`ApiError::NotFound`] when there is no such run.
pub(crate) async fn files_named(
    (project, run, names): (ProjectId, RunId, &'static str),
) -> Result<ArtifactListing, ApiError> {
    http::get(&paths::run_files(project, run), &Query::none().and("named", names)).await
}

/// `GET /api/projects/{project}/runs/{run}/file`: at most so many of the first bytes of the artifact at a path.
///
/// # Errors
/// [`ApiError::NotFound`] when there is no such run or file.
pub(crate) async fn file_part(
    (project, run, path, most): (ProjectId, RunId, String, u64),
) -> Result<FilePart, ApiError> {
    http::part(&paths::run_file(project, run), &Query::none().and("path", path), most).await
}

/// The address of `GET /api/projects/{project}/runs/{run}/file`, for links and images.
#[must_use]
pub(crate) fn file_address(project: ProjectId, run: RunId, path: &str) -> String {
    http::address(&paths::run_file(project, run), &Query::none().and("path", path))
}

/// `POST /api/projects/{project}/runs/check`: whether a run could be started.
///
/// # Errors
/// [`ApiError::Invalid`] when the request cannot be read.
pub(crate) async fn check((project, run): (ProjectId, AddRun)) -> Result<RunCheck, ApiError> {
    http::post(&paths::runs_check(project), &run).await
}

/// `POST /api/projects/{project}/runs`: starts a run.
///
/// # Errors
/// [`ApiError::Invalid`] when fields are refused.
pub(crate) async fn start((project, run): (ProjectId, AddRun)) -> Result<RunId, ApiError> {
    let added: AddedRun = http::create(&paths::runs(project), &run).await?;
    Ok(added.run_id)
}

/// `POST /api/projects/{project}/runs/{run}/cancel`.
///
/// # Errors
/// [`ApiError::Conflict`] when it has ended otherwise.
pub(crate) async fn cancel((project, run): (ProjectId, RunId)) -> Result<(), ApiError> {
    http::post::<Run>(&paths::run_cancel(project, run), &()).await.map(drop)
}

/// `PUT /api/projects/{project}/runs/{run}`, of the version that was seen.
///
/// # Errors
/// [`ApiError::Stale`] when somebody else changed it.
pub(crate) async fn change(
    (project, run, version, patch): (ProjectId, RunId, i64, RunPatch),
) -> Result<(), ApiError> {
    http::change(&paths::run(project, run), version, &patch).await
}

/// `POST /api/projects/{project}/runs/bulk`, or `POST /api/runs/bulk` of all projects: changes a part of the runs that are
/// meant.
///
/// # Errors
/// [`ApiError::Invalid`] when the filter cannot be read, or too much is named.
pub(crate) async fn change_many(
    (scope, request): (TableScope, BulkRunRequest),
) -> Result<BulkRunOutcome, ApiError> {
    http::post(&scope.project().map_or_else(paths::all_runs_bulk, paths::runs_bulk), &request).await
}

/// `POST /api/projects/{project}/runs/export`, or `POST /api/runs/export` of all projects.
///
/// # Errors
/// [`ApiError::Invalid`] when the filter cannot be read, or too much is named.
pub(crate) async fn export(
    (scope, request): (TableScope, RunExportRequest),
) -> Result<DownloadLink, ApiError> {
    http::post(&scope.project().map_or_else(paths::all_runs_export, paths::runs_export), &request).await
}
