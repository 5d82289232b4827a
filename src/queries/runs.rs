//! Runs.

use models::comparison::{ComparedHistories, ComparedHistoriesRequest, Comparison, ComparisonRequest};
use models::download::DownloadLink;
use models::id::{ProjectId, RunId};
use models::metric::{HistoryRequest, MetricHistory};
use models::run::{
    AddRun, ArtifactListing, BulkRunOutcome, BulkRunRequest, Run, RunCheck, RunData, RunExportRequest,
    RunPatch,
};
use models::run_table::{
    ColumnContents, ColumnContentsRequest, GroupPage, GroupPageRequest, RunKeys, RunPage, RunPageRequest,
    TableScope,
};
use models::sparkline::{Sparklines, SparklinesRequest};

use super::{Query, Topic, Write, read, read_when, write};
use crate::api::{self, ApiError};

pub use crate::api::http::FilePart;
pub(crate) use crate::api::runs::file_address;

/// A page of runs.
pub fn search<S: Into<TableScope>>(
    request: impl Fn() -> (S, RunPageRequest) + Send + Sync + 'static,
) -> Query<RunPage> {
    search_when(move || Some(request()))
}

/// A page of runs; nothing is asked while there is no request.
pub fn search_when<S: Into<TableScope>>(
    request: impl Fn() -> Option<(S, RunPageRequest)> + Send + Sync + 'static,
) -> Query<RunPage> {
    read_when(
        |(scope, _)| topic(*scope),
        api::runs::search,
        move || request().map(|(scope, request)| (scope.into(), request)),
    )
}

/// The runs on a page, asked for once.
///
/// # Errors
/// As [`search`] is answered.
pub async fn ids(scope: TableScope, request: RunPageRequest) -> Result<Vec<RunId>, ApiError> {
    Ok(api::runs::search((scope, request)).await?.run_ids)
}

/// A page of groups of runs; nothing is asked while there is no request.
pub fn groups<S: Into<TableScope>>(
    request: impl Fn() -> Option<(S, GroupPageRequest)> + Send + Sync + 'static,
) -> Query<GroupPage> {
    read_when(
        |(scope, _)| topic(*scope),
        api::runs::groups,
        move || request().map(|(scope, request)| (scope.into(), request)),
    )
}

/// What runs have logged: what columns can be chosen from.
pub fn keys<S: Into<TableScope>>(scope: impl Fn() -> S + Send + Sync + 'static) -> Query<RunKeys> {
    read(|scope| topic(*scope), api::runs::keys, move || scope().into())
}

/// What goes stale with a table.
fn topic(scope: TableScope) -> Topic {
    scope.project().map_or(Topic::AllRuns, Topic::Runs)
}

/// Which columns tell runs apart; nothing is asked while there is no request.
pub fn contents(
    request: impl Fn() -> Option<(TableScope, ColumnContentsRequest)> + Send + Sync + 'static,
) -> Query<ColumnContents> {
    read_when(|(scope, _)| topic(*scope), api::runs::contents, request)
}

/// A run.
pub fn get(run: impl Fn() -> (ProjectId, RunId) + Send + Sync + 'static) -> Query<Run> {
    get_when(move || Some(run()))
}

/// A run; nothing is asked while none is named.
pub fn get_when(run: impl Fn() -> Option<(ProjectId, RunId)> + Send + Sync + 'static) -> Query<Run> {
    read_when(|(project, run)| Topic::Run(*project, *run), api::runs::get, run)
}

/// What a run has logged.
pub fn data(run: impl Fn() -> (ProjectId, RunId) + Send + Sync + 'static) -> Query<RunData> {
    data_when(move || Some(run()))
}

/// What a run has logged; nothing is asked while none is named.
pub fn data_when(run: impl Fn() -> Option<(ProjectId, RunId)> + Send + Sync + 'static) -> Query<RunData> {
    read_when(|(project, run)| Topic::RunData(*project, *run), api::runs::data, run)
}

/// What is known of some runs, side by side; nothing is asked while there is no request.
pub fn compare(
    request: impl Fn() -> Option<(ProjectId, ComparisonRequest)> + Send + Sync + 'static,
) -> Query<Comparison> {
    read_when(|(project, _)| Topic::Runs(*project), api::runs::compare, request)
}

/// Histories of a run's metrics; nothing is asked while there is no request.
pub fn metrics(
    request: impl Fn() -> Option<(ProjectId, RunId, HistoryRequest)> + Send + Sync + 'static,
) -> Query<Vec<MetricHistory>> {
    read_when(|(project, run, _)| Topic::RunData(*project, *run), api::runs::metrics, request)
}

/// Histories of metrics of some runs, or of one; nothing is asked while there is no request.
pub fn compared_metrics(
    request: impl Fn() -> Option<(ProjectId, ComparedHistoriesRequest)> + Send + Sync + 'static,
) -> Query<Vec<ComparedHistories>> {
    let topic = |(project, request): &(ProjectId, ComparedHistoriesRequest)| match request.run_ids.as_slice()
    {
        [run] => Topic::RunData(*project, *run),
        _ => Topic::Runs(*project),
    };
    read_when(topic, api::runs::compared_metrics, request)
}

/// The courses of metrics of some runs; nothing is asked while there is no request.
pub fn sparklines(
    request: impl Fn() -> Option<(TableScope, SparklinesRequest)> + Send + Sync + 'static,
) -> Query<Sparklines> {
    read_when(|(scope, _)| topic(*scope), api::runs::sparklines, request)
}

/// The artifacts in a folder of a run; an empty folder is the root.
pub fn files(
    folder: impl Fn() -> (ProjectId, RunId, String) + Send + Sync + 'static,
) -> Query<ArtifactListing> {
    read(|(project, run, _)| Topic::RunFiles(*project, *run), api::runs::files, folder)
}

/// The artifacts with one of these names, separated by commas, in any folder of a run.
pub fn files_named(
    names: impl Fn() -> (ProjectId, RunId, &'static str) + Send + Sync + 'static,
) -> Query<ArtifactListing> {
    read(|(project, run, _)| Topic::RunFiles(*project, *run), api::runs::files_named, names)
}

/// At most so many of the first bytes of an artifact of a run; nothing is asked while none is named.
pub fn file_part(
    file: impl Fn() -> Option<(ProjectId, RunId, String, u64)> + Send + Sync + 'static,
) -> Query<FilePart> {
    read_when(|(project, run, ..)| Topic::RunFiles(*project, *run), api::runs::file_part, file)
}

/// Gets a link to all artifacts of a run, as one archive.
pub fn archive() -> Write<(ProjectId, RunId), DownloadLink> {
    write(|_| Vec::new(), api::runs::archive)
}

/// Has the server check whether a run could be started.
pub fn check() -> Write<(ProjectId, AddRun), RunCheck> {
    write(|_| Vec::new(), api::runs::check)
}

/// Starts a run.
pub fn start() -> Write<(ProjectId, AddRun), RunId> {
    let topics = |(project, _): &(ProjectId, AddRun)| {
        let project = *project;
        vec![
            Topic::Runs(project),
            Topic::AllRuns,
            Topic::Repositories(project),
            Topic::Project(project),
            Topic::Projects,
        ]
    };
    write(topics, api::runs::start)
}

/// Ends a run.
pub fn cancel() -> Write<(ProjectId, RunId), ()> {
    write(|(project, run)| changed(*project, *run), api::runs::cancel)
}

/// Changes a run, of the version that was seen.
pub fn change() -> Write<(ProjectId, RunId, i64, RunPatch), ()> {
    write(|(project, run, ..)| changed(*project, *run), api::runs::change)
}

/// Gets a link to a file of runs.
pub fn export() -> Write<(TableScope, RunExportRequest), DownloadLink> {
    write(|_| Vec::new(), api::runs::export)
}

/// Changes a part of the runs that are meant; the outcome says where to go on.
pub fn change_many() -> Write<(TableScope, BulkRunRequest), BulkRunOutcome> {
    // Of what projects they were is told by events, where it was asked of all.
    let changed = |(scope, _): &(TableScope, BulkRunRequest)| -> Vec<Topic> {
        let of_project = scope.project().map(|project| [Topic::Runs(project), Topic::Project(project)]);
        of_project.into_iter().flatten().chain([Topic::AllRuns, Topic::Projects]).collect()
    };
    write(changed, api::runs::change_many)
}

fn changed(project: ProjectId, run: RunId) -> Vec<Topic> {
    vec![
        Topic::Run(project, run),
        Topic::Runs(project),
        Topic::AllRuns,
        Topic::Project(project),
        Topic::Projects,
    ]
}
