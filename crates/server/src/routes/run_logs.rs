//! What runs printed, line by line.

use axum::extract::State;
use models::id::{ProjectId, RunId};
use models::paths;
use models::permission::Action;
use models::run::{LogDirection, LogLength, LogLevel, LogLines, LogLinesQuery, LogSearchQuery};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::Routes;
use crate::error::Error;
use crate::http::{Json, Path, Query, Whole};
use crate::store::{LogWanted, Store, StoreError};

const MOST_LINES: u64 = 2000;
const MOST_FOUND: u64 = 1000;
const LONGEST_TEXT: usize = 200;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add_small(Action::EditRuns, LogLength::MAX_APPENDED, routes!(append))
        .add(Action::ViewProject, routes!(lines))
        .add(Action::ViewProject, routes!(search))
}

/// Where appended bytes belong.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Place {
    /// How many bytes the log had before. A repeated call then appends nothing. Without it, they are appended in any case.
    #[param(minimum = 0)]
    offset: Option<u64>,
}

/// Append to what a run printed: at most 4 MiB at once, as they are.
#[utoipa::path(post, path = paths::RUN_LOGS_APPEND, tag = "runs", operation_id = "append_run_log", params(Place),
    request_body(content = String, content_type = "text/plain", example = "epoch 1: loss 0.3\n"),
    responses((status = 200, description = "Kept; how long the log is now.", body = LogLength),
        (status = 409, description = "The log does not end at `offset`.", body = models::problem::Problem)))]
async fn append(
    State(store): State<Store>,
    Path((project, id)): Path<(ProjectId, RunId)>,
    Query(place): Query<Place>,
    Whole(body): Whole,
) -> Result<Json<LogLength>, Error> {
    Ok(Json(store.append_run_log(project, id, place.offset, body.to_vec()).await?))
}

/// Some lines of what a run printed.
#[utoipa::path(get, path = paths::RUN_LOGS_LINES, tag = "runs", operation_id = "list_run_log_lines",
    params(LogLinesQuery), responses((status = 200, description = "The lines, in order.", body = LogLines)))]
async fn lines(
    State(store): State<Store>,
    Path((project, id)): Path<(ProjectId, RunId)>,
    Query(query): Query<LogLinesQuery>,
) -> Result<Json<LogLines>, Error> {
    let length = async { store.run_log_length(project, id).await };
    let wanted = wanted(&query, length).await?;
    Ok(Json(store.run_log_lines(project, id, wanted).await?))
}

/// Which lines a query wants of a log whose length is asked for where it matters.
pub(super) async fn wanted(
    query: &LogLinesQuery,
    length: impl Future<Output = Result<LogLength, StoreError>>,
) -> Result<LogWanted, Error> {
    let levels = levels(query.levels.as_deref())?;
    let (from, count) = match query.tail {
        Some(tail) => {
            let count = number("tail", tail, MOST_LINES)?;
            (length.await?.total_lines.saturating_sub(tail) + 1, count)
        }
        None => (query.from.unwrap_or(1), number("count", query.count.unwrap_or(500), MOST_LINES)?),
    };
    let from = number("from", from, i64::MAX.unsigned_abs())?;
    let direction = LogDirection::Next;
    Ok(LogWanted { from, direction, count, text: None, ignore_case: false, levels })
}

/// Look for a text in what a run printed. The work of one call is bounded: ask on from `next` until it is null.
#[utoipa::path(get, path = paths::RUN_LOGS_SEARCH, tag = "runs", operation_id = "search_run_log",
    params(LogSearchQuery),
    responses((status = 200, description = "The lines that hold it, on the way.", body = LogLines)))]
async fn search(
    State(store): State<Store>,
    Path((project, id)): Path<(ProjectId, RunId)>,
    Query(query): Query<LogSearchQuery>,
) -> Result<Json<LogLines>, Error> {
    if !(1..=LONGEST_TEXT).contains(&query.text.chars().count()) {
        return Err(Error::invalid_query("text", format!("use 1 to {LONGEST_TEXT} characters")));
    }
    let usual = if query.direction == LogDirection::Next { 1 } else { i64::MAX.unsigned_abs() };
    let wanted = LogWanted {
        from: number("from", query.from.unwrap_or(usual), i64::MAX.unsigned_abs())?,
        direction: query.direction,
        count: number("count", query.count.unwrap_or(1), MOST_FOUND)?,
        text: Some(query.text),
        ignore_case: query.ignore_case,
        levels: levels(query.levels.as_deref())?,
    };
    Ok(Json(store.run_log_lines(project, id, wanted).await?))
}

/// A number from 1 to `most`.
fn number(name: &str, number: u64, most: u64) -> Result<u64, Error> {
    let usable = Some(number).filter(|number| (1..=most).contains(number));
    usable.ok_or_else(|| Error::invalid_query(name, format!("use a number from 1 to {most}")))
}

fn levels(list: Option<&str>) -> Result<Vec<LogLevel>, Error> {
    let names = list.unwrap_or_default().split(',').map(str::trim).filter(|name| !name.is_empty());
    let level = |name| {
        LogLevel::named(name).ok_or_else(|| {
            let known = LogLevel::ALL.map(LogLevel::as_str).join(", ");
            Error::invalid_query("levels", format!("name some of {known}"))
        })
    };
    names.map(level).collect()
}
