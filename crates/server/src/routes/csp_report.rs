//! What a browser refused under its content security policy.

use axum::http::StatusCode;
use models::paths;
use models::permission::Action;
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::Routes;
use crate::http::Whole;

/// A report is short; what is longer is no report.
const BODY_LIMIT: usize = 16 * 1024;
/// How much of a report is written down.
const MAX_LOGGED: usize = 1000;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state).add_small(Action::ReadServer, BODY_LIMIT, routes!(receive))
}

/// Tell what a browser refused. It is written into the log, and nothing else happens.
#[utoipa::path(post, path = paths::CSP_REPORT, tag = "server", operation_id = "report_violation",
    request_body(content = String, content_type = "application/reports+json"),
    responses((status = 204, description = "Noted.")))]
async fn receive(Whole(body): Whole) -> StatusCode {
    // The text comes from anybody: escaped, it stays one line of the log.
    let text = String::from_utf8_lossy(&body);
    let text: String = text.chars().take(MAX_LOGGED).collect();
    tracing::warn!(report = %text.escape_debug(), "a browser refused something");
    StatusCode::NO_CONTENT
}
