//! Turns Markdown into a document.

use models::document::{Document, Node};
use models::paths;
use models::permission::Action;
use models::text::Markdown;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::Routes;
use crate::http::Json;
use crate::markdown;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state).add(Action::UseSession, routes!(render))
}

/// A text to be rendered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Source {
    /// Markdown, at most 65,536 characters.
    text: Markdown,
}

/// Turn Markdown into a tree that is shown without ever parsing markup. Raw HTML becomes text.
#[utoipa::path(post, path = paths::MARKDOWN, tag = "server", operation_id = "render_markdown", request_body = Source,
    responses((status = 200, description = "The tree.", body = Vec<Node>)))]
async fn render(Json(source): Json<Source>) -> Json<Document> {
    Json(markdown::render(source.text.as_str()))
}
