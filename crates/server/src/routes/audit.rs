//! What was done with a person's secrets and settings.

use axum::extract::State;
use models::audit::AuditEvent;
use models::page::{Page, PageQuery};
use models::paths;
use models::permission::Action;
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::{Routes, SignedIn};
use crate::error::Error;
use crate::http::{Json, Paging};
use crate::store::Store;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state).add(Action::ManageOwnSettings, routes!(list))
}

/// What was done with one's own secrets and settings; the last comes first.
#[utoipa::path(get, path = paths::USER_AUDIT, tag = "settings", operation_id = "list_audit_events", params(PageQuery),
    responses((status = 200, description = "A page.", body = Page<AuditEvent>)))]
async fn list(
    State(store): State<Store>,
    signed_in: SignedIn,
    Paging(page): Paging,
) -> Result<Json<Page<AuditEvent>>, Error> {
    Ok(Json(store.audit_events(signed_in.user.user_id, page).await?))
}
