//! Download links: made for who may download, followed without signing in.

use axum::extract::State;
use axum::response::Response;
use models::download::DownloadLink;
use models::id::{ProjectId, RunId, SavedModelId};
use models::model::ImageArchive;
use models::paths;
use models::permission::Action;
use models::run::{ExportFormat, RunExportRequest};
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::{Access, AskedBy, Downloadable, Routes, SignedIn, Ticket};
use crate::blobs::Blobs;
use crate::error::Error;
use crate::http::{Download, Json, Path, Site, archive, run_file, text_file};
use crate::store::{ArtifactRecord, Projects, Store};

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::DownloadArtifacts, routes!(link_artifacts))
        .add(Action::DownloadArtifacts, routes!(link_image))
        .add(Action::ViewProject, routes!(link_log))
        .add(Action::ViewProject, routes!(link_runs))
        .add(Action::ViewAllRuns, routes!(link_all_runs))
        .add(Action::FollowDownloadLink, routes!(follow))
}

/// A link to all artifacts of a run, as one ZIP archive.
#[utoipa::path(get, path = paths::RUN_ARTIFACTS, tag = "artifacts", operation_id = "link_artifacts",
    responses((status = 200, description = "A link that is good for ten minutes.", body = DownloadLink)))]
async fn link_artifacts(
    State(state): State<AppState>,
    signed_in: SignedIn,
    site: Site,
    Path((project, run)): Path<(ProjectId, RunId)>,
) -> Result<Json<DownloadLink>, Error> {
    state.store().run(project, run).await?;
    let ticket = ticket(&signed_in, project, Downloadable::Artifacts(run));
    Ok(Json(link(&state, &site, &ticket, &archive_name(run))))
}

/// A link to the container image of a saved model, for `docker load`.
#[utoipa::path(get, path = paths::SAVED_MODEL_IMAGE, tag = "models", operation_id = "link_saved_model_image",
    responses((status = 200, description = "A link that is good for ten minutes.", body = DownloadLink),
        (status = 409, description = "There is no image yet.", body = models::problem::Problem)))]
async fn link_image(
    State(state): State<AppState>,
    signed_in: SignedIn,
    site: Site,
    Path((project, model)): Path<(ProjectId, SavedModelId)>,
) -> Result<Json<DownloadLink>, Error> {
    let (found, _) = state.store().image(project, model).await?;
    let ticket = ticket(&signed_in, project, Downloadable::Image(model));
    Ok(Json(link(&state, &site, &ticket, &ImageArchive::name_for(&found.name))))
}

/// A link to what a run printed, as a file.
#[utoipa::path(get, path = paths::RUN_LOGS_FILE, tag = "runs", operation_id = "link_run_log",
    responses((status = 200, description = "A link that is good for ten minutes.", body = DownloadLink)))]
async fn link_log(
    State(state): State<AppState>,
    signed_in: SignedIn,
    site: Site,
    Path((project, run)): Path<(ProjectId, RunId)>,
) -> Result<Json<DownloadLink>, Error> {
    state.store().run(project, run).await?;
    let ticket = ticket(&signed_in, project, Downloadable::Log(run));
    Ok(Json(link(&state, &site, &ticket, &log_name(run))))
}

/// A link to a file with the values of runs, as CSV, JSON or JSON lines.
#[utoipa::path(post, path = paths::RUNS_EXPORT, tag = "runs", operation_id = "export_runs",
    request_body(content = RunExportRequest, example = json!({
        "selection": {"matching": {"filter": "metrics.loss < 0.2"}}, "columns": ["name", "metrics.loss"], "format": "csv",
    })),
    responses((status = 200, description = "A link that is good for ten minutes.", body = DownloadLink)))]
async fn link_runs(
    State(state): State<AppState>,
    signed_in: SignedIn,
    access: Access,
    site: Site,
    Json(request): Json<RunExportRequest>,
) -> Result<Json<DownloadLink>, Error> {
    link_export(&state, &signed_in, &site, Some(access.project_id), &request).await
}

/// A link to a file with the values of runs of all projects that the caller may see when she follows it.
#[utoipa::path(post, path = paths::ALL_RUNS_EXPORT, tag = "runs", operation_id = "export_all_runs",
    request_body(content = RunExportRequest, example = json!({
        "selection": {"matching": {"filter": "metrics.loss < 0.2"}}, "columns": ["project", "name"], "format": "csv",
    })),
    responses((status = 200, description = "A link that is good for ten minutes.", body = DownloadLink)))]
async fn link_all_runs(
    State(state): State<AppState>,
    signed_in: SignedIn,
    site: Site,
    Json(request): Json<RunExportRequest>,
) -> Result<Json<DownloadLink>, Error> {
    // A link does not know by what its owner was signed in: a token for one project gets one to that alone.
    link_export(&state, &signed_in, &site, signed_in.only_project(), &request).await
}

async fn link_export(
    state: &AppState,
    signed_in: &SignedIn,
    site: &Site,
    project: Option<ProjectId>,
    request: &RunExportRequest,
) -> Result<Json<DownloadLink>, Error> {
    let id = state.store().keep_export(project, signed_in.user.user_id, request).await?;
    let ticket = ticket(signed_in, project, Downloadable::RunExport(id));
    Ok(Json(link(state, site, &ticket, &export_name(request.format))))
}

/// Fetch what a download link leads to, as long as who asked for it may.
#[utoipa::path(get, path = paths::DOWNLOAD, tag = "artifacts", operation_id = "follow_download_link",
    params(("ticket" = String, Path, description = "The proof that the link carries."),
        ("name" = String, Path, description = "What the file is called; it may be any other.")),
    responses((status = 200, description = "The file.", content_type = "application/octet-stream", body = [u8])))]
async fn follow(
    State(state): State<AppState>,
    Path((text, _)): Path<(String, String)>,
) -> Result<Response, Error> {
    let ticket = Ticket::read(state.keys(), &text, crate::clock::now()).ok_or(Error::NotFound)?;
    check_still_may(state.store(), &ticket).await?;
    let blobs = Blobs::new(state.data());
    let project = || ticket.project_id.ok_or(Error::NotFound);
    match ticket.what {
        Downloadable::Artifacts(run) => {
            let artifacts = state.store().run_artifacts(project()?, run, "").await?;
            archive(&archive_name(run), blobs, artifacts)
        }
        Downloadable::Log(run) => Ok(text_file(&log_name(run), state.store().run_log_bytes(project()?, run))),
        Downloadable::RunExport(id) => {
            let request = state.store().export(ticket.project_id, ticket.user_id, id).await?;
            let name = export_name(request.format);
            let projects = match ticket.project_id {
                Some(project) => Projects::One(project),
                None => state.store().visible_projects(ticket.user_id).await?.into(),
            };
            Ok(run_file(&name, state.store().clone(), &projects, request).await?)
        }
        Downloadable::Image(model) => {
            let (found, image) = state.store().image(project()?, model).await?;
            let file = ArtifactRecord {
                path: ImageArchive::name_for(&found.name),
                sha256: image.sha256,
                size: image.size,
            };
            Download::new(file, &axum::http::HeaderMap::new()).open(&blobs).await.map_err(Error::internal)
        }
    }
}

pub(super) fn ticket(
    signed_in: &SignedIn,
    project: impl Into<Option<ProjectId>>,
    what: Downloadable,
) -> Ticket {
    let asked_by = AskedBy::from(&signed_in.credential);
    Ticket::new(signed_in.user.user_id, asked_by, project.into(), what, crate::clock::now())
}

pub(super) fn link(state: &AppState, site: &Site, ticket: &Ticket, name: &str) -> DownloadLink {
    let path = paths::download(&ticket.write(state.keys()), name);
    DownloadLink { url: format!("{}{path}", site.origin(state.settings())) }
}

fn log_name(run: RunId) -> String {
    format!("{run}.log")
}

fn export_name(format: ExportFormat) -> String {
    format!("runs.{}", format.extension())
}

fn archive_name(run: RunId) -> String {
    format!("{run}.zip")
}

/// Refuses a link whose owner may not download any more, or has signed out of the session or deleted the token that she
/// asked with.
async fn check_still_may(store: &Store, ticket: &Ticket) -> Result<(), Error> {
    let now = crate::clock::now();
    let is_known = match ticket.asked_by {
        AskedBy::Session(session) => {
            let session = store.session(session, now).await?;
            session.is_some_and(|session| !session.user.is_disabled)
        }
        AskedBy::Token(token) => store.is_api_token_live(token, now).await?,
    };
    let may = match ticket.project_id {
        Some(project) => {
            let role = store.role_in(project, ticket.user_id).await?;
            role.is_some_and(|role| role.why_not(ticket.what.action()).is_none())
        }
        // It holds what she may see by then.
        None => true,
    };
    if is_known && may { Ok(()) } else { Err(Error::NotFound) }
}
