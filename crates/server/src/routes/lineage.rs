//! What something comes from, and what was made of it.

use axum::extract::State;
use models::lineage::{Lineage, LineageReference};
use models::paths;
use models::permission::Action;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::{Access, Routes};
use crate::error::Error;
use crate::http::{Json, Query};
use crate::store::Store;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state).add(Action::ViewProject, routes!(show))
}

/// Of what.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// The thing: `code`, `data`, `experiment`, `model`, `run`, `savedModel` or `deployment`, a colon and its id.
    #[param(example = "run:0190a5b2-c3d4-4e5f-8a9b-cdef01234567")]
    of: String,
}

/// What a thing of the project comes from, and what was made of it: at most 500 nodes, of which the newest are told.
///
/// Sources are followed to sources alone and products to products, so that the graph is about this one thing; to walk
/// on, ask for one of its nodes. What is in the bin is left out.
#[utoipa::path(get, path = paths::PROJECT_LINEAGE, tag = "projects", operation_id = "get_lineage", params(Wanted),
    responses((status = 200, description = "The graph.", body = Lineage)))]
async fn show(
    State(store): State<Store>,
    access: Access,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Lineage>, Error> {
    let of: LineageReference =
        wanted.of.parse().map_err(|message: String| Error::invalid_query("of", message))?;
    Ok(Json(store.lineage(access.project_id, of).await?))
}
