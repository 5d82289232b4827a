//! Runs.

use axum::extract::State;
use axum::http::StatusCode;
use models::experiment::LifecycleStage;
use models::id::{ProjectId, RunId};
use models::page::{Page, PageQuery};
use models::paths;
use models::permission::Action;
use models::run::{AddRun, AddedRun, Run, RunPatch, RunStatus};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::{Access, Routes, SignedIn};
use crate::error::Error;
use crate::http::{Idempotency, IfMatch, Json, Paging, Path, Query, Versioned};
use crate::markdown;
use crate::services::{executor_for, named_connection};
use crate::store::{Store, StoreError};

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::ViewProject, routes!(list))
        .add(Action::SubmitRuns, routes!(create))
        .add(Action::ViewProject, routes!(show))
        .add(Action::EditRuns, routes!(change))
        .add(Action::EditRuns, routes!(delete))
        .add(Action::EditRuns, routes!(cancel))
}

/// Whether a new run is also started.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Submission {
    /// `false` when the caller executes the run herself and only tells of it. The `mantik` client writes `False`.
    #[param(example = "true")]
    submit: Option<String>,
}

impl Submission {
    fn is_wanted(&self) -> Result<bool, Error> {
        match self.submit.as_deref().map(str::to_ascii_lowercase).as_deref() {
            None | Some("true") => Ok(true),
            Some("false") => Ok(false),
            Some(_) => Err(Error::invalid_query("submit", "use `true` or `false`")),
        }
    }
}

/// The runs of a project that are not in the bin, newest first.
#[utoipa::path(get, path = paths::RUNS, tag = "runs", operation_id = "list_runs", params(PageQuery),
    responses((status = 200, description = "A page.", body = Page<Run>)))]
async fn list(
    State(store): State<Store>,
    access: Access,
    Paging(page): Paging,
) -> Result<Json<Page<Run>>, Error> {
    Ok(Json(store.runs(access.project_id, page).await?))
}

/// Start a run, or with `submit=false` tell of one that the caller executes. The server itself executes those whose backend
/// config says `Local`, where its operator allows that, and has those executed that say `UnicoreApiUrl` and name a
/// connection for UNICORE. With the id of an MLflow run it says what
/// that run uses.
#[utoipa::path(method(post, put), path = paths::RUNS, tag = "runs", operation_id = "create_run",
    request_body(content = AddRun, example = json!({
        "name": "baseline", "experimentRepositoryId": "0190a5b2-c3d4-7e5f-8a9b-cdef01234567", "branch": "main",
        "entryPoint": "train", "mlflowParameters": {"alpha": 0.1}, "backendConfig": {},
    })),
    params(Submission, ("Idempotency-Key" = Option<String>, Header, description = "The same request with the same key makes one run.")),
    responses((status = 201, description = "Made, or known from now on.", body = AddedRun)))]
async fn create(
    State(state): State<AppState>,
    signed_in: SignedIn,
    access: Access,
    Query(submission): Query<Submission>,
    idempotency: Idempotency,
    Json(add): Json<AddRun>,
) -> Result<(StatusCode, Json<AddedRun>), Error> {
    let is_submitted = submission.is_wanted()?;
    let user = signed_in.user.user_id;
    let once = idempotency.once(user, "create_run", &(access.project_id, &add));
    let store = state.store();
    let added = if !is_submitted {
        signed_in.check_scope(Action::EditRuns)?;
        store.add_run(access.project_id, user, RunStatus::Running, add, once).await?
    } else {
        let connection = named_connection(&state, user, add.connection_id).await?;
        match executor_for(state.settings(), &add, connection.as_ref())? {
            Some(executor) => store.submit_run(access.project_id, user, add, executor, once).await?,
            None => store.add_run(access.project_id, user, RunStatus::Scheduled, add, once).await?,
        }
    };
    Ok((StatusCode::CREATED, Json(added)))
}

/// A run with what it refers to.
#[utoipa::path(get, path = paths::RUN, tag = "runs", operation_id = "get_run",
    responses((status = 200, description = "The run.", body = Run)))]
async fn show(
    State(store): State<Store>,
    Path((project, id)): Path<(ProjectId, RunId)>,
) -> Result<Versioned<Run>, Error> {
    Ok(versioned(store.run(project, id).await?))
}

/// Rename a run, put it into another state, label it, note something about it, or move it to the bin or back.
#[utoipa::path(put, path = paths::RUN, tag = "runs", operation_id = "change_run",
    request_body(content = RunPatch, example = json!({
        "name": "best so far", "labels": [{"scope": "quality", "name": "Baseline"}], "note": "Trained **twice**.",
    })),
    params(("If-Match" = Option<String>, Header, description = "The version that is changed, `\"v3\"`; browsers must send it.")),
    responses((status = 200, description = "As it is now.", body = Run),
        (status = 412, description = "Somebody else was faster; the run as it is now.", body = models::problem::Problem),
        (status = 428, description = "A browser must say which version it changes.", body = models::problem::Problem)))]
async fn change(
    State(store): State<Store>,
    Path((project, id)): Path<(ProjectId, RunId)>,
    IfMatch(version): IfMatch,
    Json(patch): Json<RunPatch>,
) -> Result<Versioned<Run>, Error> {
    if patch.status == Some(RunStatus::Unknown) {
        return Err(unknown_status("status"));
    }
    match store.change_run(project, id, patch, version).await {
        Ok(run) => Ok(versioned(run)),
        Err(StoreError::Stale) => Err(Error::stale(store.run(project, id).await.map(with_note))),
        Err(error) => Err(error.into()),
    }
}

/// The run with its note as a tree.
fn with_note(run: Run) -> Run {
    Run { note_document: markdown::render(&run.note), ..run }
}

/// Why a state that this version does not know is refused.
pub(super) fn unknown_status(field: &str) -> Error {
    Error::invalid(field, "use SCHEDULED, RUNNING, FINISHED, FAILED or KILLED")
}

/// Move a run to the bin, from where it can be restored.
#[utoipa::path(delete, path = paths::RUN, tag = "runs", operation_id = "delete_run",
    responses((status = 204, description = "In the bin.")))]
async fn delete(
    State(store): State<Store>,
    Path((project, id)): Path<(ProjectId, RunId)>,
) -> Result<StatusCode, Error> {
    let bin = RunPatch { lifecycle_stage: Some(LifecycleStage::Deleted), ..RunPatch::default() };
    store.change_run(project, id, bin, None).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// End a run that has not ended. One that this server executes has ended once its state says so; until then its job tells
/// since when that is asked for. Asked for again, this changes nothing.
#[utoipa::path(post, path = paths::RUN_CANCEL, tag = "runs", operation_id = "cancel_run",
    responses((status = 200, description = "The run as it is now.", body = Run),
        (status = 409, description = "It has ended otherwise.", body = models::problem::Problem)))]
async fn cancel(
    State(store): State<Store>,
    Path((project, id)): Path<(ProjectId, RunId)>,
) -> Result<Versioned<Run>, Error> {
    Ok(versioned(store.cancel_run(project, id).await?))
}

fn versioned(run: Run) -> Versioned<Run> {
    Versioned { version: run.version, body: with_note(run) }
}
