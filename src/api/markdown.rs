//! Markdown.

use models::document::Document;
use models::paths;
use serde::Serialize;

use super::ApiError;
use super::http;

/// `POST /api/markdown`: the text as a tree.
///
/// # Errors
/// As the server answers.
pub(crate) async fn render(text: String) -> Result<Document, ApiError> {
    #[derive(Serialize)]
    struct Source {
        text: String,
    }
    http::ask(&paths::markdown(), &Source { text }).await
}
