//! One search over everything that the person may see.

use models::paths;
use models::search::SearchHits;

use super::ApiError;
use super::http::{self, Query};

/// `GET /api/search`.
///
/// # Errors
/// As the server answers.
pub(crate) async fn search(text: String) -> Result<SearchHits, ApiError> {
    http::get(&paths::search(), &Query::none().and("q", text)).await
}
