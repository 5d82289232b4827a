//! One search over everything that a person may see.

use axum::extract::State;
use models::paths;
use models::permission::Action;
use models::search::SearchHits;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::{Routes, SignedIn};
use crate::error::Error;
use crate::http::{Json, Query};
use crate::services;
use crate::store::Store;

/// How long the text may be, in characters.
const MAX_TEXT: usize = 200;
/// How many hits of a kind may be asked for.
const MAX_LIMIT: u64 = 20;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state).add(Action::SearchEverything, routes!(search))
}

/// What is searched for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// A text that names contain, whatever the case.
    #[serde(default)]
    #[param(max_length = 200, example = "rain")]
    q: String,
    /// How many hits of each kind at most, 1 to 20.
    #[serde(default = "Wanted::few")]
    #[param(minimum = 1, maximum = 20)]
    limit: u64,
}

impl Wanted {
    fn few() -> u64 {
        5
    }
}

/// Find projects, and what belongs to them, people, groups, organizations and labels by name: all that the caller may
/// see. An empty text finds nothing.
#[utoipa::path(get, path = paths::SEARCH, tag = "search", operation_id = "search_everything", params(Wanted),
    responses((status = 200, description = "What was found, kind by kind.", body = SearchHits)))]
async fn search(
    State(store): State<Store>,
    signed_in: SignedIn,
    Query(wanted): Query<Wanted>,
) -> Result<Json<SearchHits>, Error> {
    if wanted.q.chars().count() > MAX_TEXT {
        return Err(Error::invalid_query("q", format!("use at most {MAX_TEXT} characters")));
    }
    if !(1..=MAX_LIMIT).contains(&wanted.limit) {
        return Err(Error::invalid_query("limit", format!("use a number from 1 to {MAX_LIMIT}")));
    }
    let text = wanted.q.trim();
    if text.is_empty() {
        return Ok(Json(SearchHits::default()));
    }
    services::search(&store, &signed_in, text, wanted.limit).await.map(Json)
}
