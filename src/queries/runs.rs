//! Runs.

use models::comparison::{ComparedHistories, ComparedHistoriesRequest, Comparison, ComparisonRequest};
use models::download::DownloadLink;
use models::id::{ProjectId, RunId};
use models::metric::{HistoryRequest, MetricHistory};
use models::run::{
    ArtifactListing, BulkRunOutcome, BulkRunRequest, Run, RunData, RunExportRequest, RunPatch,
};
use models::run_table::{GroupPage, GroupPageRequest, RunKeys, RunPage, RunPageRequest};

use super::{Query, Topic, Write, read, read_when, write};
use crate::api::{self, ApiError};

pub use crate::api::http::FilePart;
pub(crate) use crate::api::runs::file_address;

/// A page of a project's runs.
pub fn search(request: impl Fn() -> (ProjectId, RunPageRequest) + Send + Sync + 'static) -> Query<RunPage> {
    search_when(move || Some(request()))
}

/// A page of a project's runs; nothing is asked while there is no request.
pub fn search_when(
    request: impl Fn() -> Option<(ProjectId, RunPageRequest)> + Send + Sync + 'static,
) -> Query<RunPage> {
    read_when(|(project, _)| Topic::Runs(*project), api::runs::search, request)
}

/// The runs on a page, asked for once.
///
/// # Errors
/// As [`search`] is answered.
pub async fn ids(project: ProjectId, request: RunPageRequest) -> Result<Vec<RunId>, ApiError> {
    Ok(api::runs::search((project, request)).await?.run_ids)
}

/// A page of groups of a project's runs; nothing is asked while there is no request.
pub fn groups(
    request: impl Fn() -> Option<(ProjectId, GroupPageRequest)> + Send + Sync + 'static,
) -> Query<GroupPage> {
    read_when(|(project, _)| Topic::Runs(*project), api::runs::groups, request)
}

/// What a project's runs have logged: what columns can be chosen from.
pub fn keys(project: impl Fn() -> ProjectId + Send + Sync + 'static) -> Query<RunKeys> {
    read(|project| Topic::Runs(*project), api::runs::keys, project)
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

/// Histories of a run's metrics; nothing is asked while there is no request.
pub fn metrics(
    request: impl Fn() -> Option<(ProjectId, RunId, HistoryRequest)> + Send + Sync + 'static,
) -> Query<Vec<MetricHistory>> {
    read_when(|(project, run, _)| Topic::RunData(*project, *run), api::runs::metrics, request)
}

/// What is known of some runs, side by side; nothing is asked while there is no request.
pub fn compare(
    request: impl Fn() -> Option<(ProjectId, ComparisonRequest)> + Send + Sync + 'static,
) -> Query<Comparison> {
    read_when(|(project, _)| Topic::Runs(*project), api::runs::compare, request)
}

/// Histories of metrics of some runs; nothing is asked while there is no request.
pub fn compared_metrics(
    request: impl Fn() -> Option<(ProjectId, ComparedHistoriesRequest)> + Send + Sync + 'static,
) -> Query<Vec<ComparedHistories>> {
    read_when(|(project, _)| Topic::Runs(*project), api::runs::compared_metrics, request)
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

/// Changes a run, of the version that was seen.
pub fn change() -> Write<(ProjectId, RunId, i64, RunPatch), ()> {
    write(|(project, run, ..)| changed(*project, *run), api::runs::change)
}

/// Gets a link to a file of runs.
pub fn export() -> Write<(ProjectId, RunExportRequest), DownloadLink> {
    write(|_| Vec::new(), api::runs::export)
}

/// Changes a part of the runs that are meant; the outcome says where to go on.
pub fn change_many() -> Write<(ProjectId, BulkRunRequest), BulkRunOutcome> {
    write(
        |(project, _)| vec![Topic::Runs(*project), Topic::Project(*project), Topic::Projects],
        api::runs::change_many,
    )
}

fn changed(project: ProjectId, run: RunId) -> Vec<Topic> {
    vec![Topic::Run(project, run), Topic::Runs(project), Topic::Project(project), Topic::Projects]
}
