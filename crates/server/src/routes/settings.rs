//! A person's settings.

use axum::extract::State;
use models::paths;
use models::permission::Action;
use models::problem::Problem;
use models::settings::{UserSettings, UserSettingsPatch, WrappedUserSettings};
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::{Routes, SignedIn};
use crate::error::Error;
use crate::http::{Acting, Client, IfMatch, Json, Versioned};
use crate::services;
use crate::store::Store;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::ManageOwnSettings, routes!(show))
        .add_sensitive(Action::ManageOwnSettings, routes!(change))
}

/// One's own settings, without any secret.
#[utoipa::path(get, path = paths::USER_SETTINGS, tag = "settings", operation_id = "get_settings",
    responses((status = 200, description = "The settings.", body = WrappedUserSettings)))]
async fn show(
    State(store): State<Store>,
    signed_in: SignedIn,
) -> Result<Versioned<WrappedUserSettings>, Error> {
    Ok(wrapped(store.user_settings(signed_in.user.user_id).await?))
}

/// Change one's own settings; wrapped in `settings` or bare. A new password ends all other sessions.
#[utoipa::path(method(put, post), path = paths::USER_SETTINGS, tag = "settings", operation_id = "change_settings",
    request_body(content = UserSettingsPatch, example = json!({"user": {"email": "ann@example.org"},
        "paymentInfo": {"address": "Street 1", "paymentMethod": "INVOICE", "paymentDetails": "ORDER-2026-000042"}})),
    params(("If-Match" = Option<String>, Header, description = "The version that is changed, `\"v3\"`; browsers must send it.")),
    responses((status = 200, description = "As they are now.", body = WrappedUserSettings),
        (status = 409, description = "The name or the e-mail address is taken.", body = Problem),
        (status = 412, description = "They were changed elsewhere; the settings as they are now.", body = Problem),
        (status = 428, description = "A browser must say which version it changes.", body = Problem),
        (status = 429, description = "Too many wrong passwords; `Retry-After` says how long to wait.", body = Problem)))]
async fn change(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Acting(actor): Acting,
    client: Client,
    IfMatch(expected): IfMatch,
    Json(patch): Json<UserSettingsPatch>,
) -> Result<Versioned<WrappedUserSettings>, Error> {
    let session = signed_in.session_id();
    let user_id = actor.user_id;
    let who = (actor, &signed_in.user, session);
    services::change_settings(&state, who, client.network(), patch, expected).await?;
    Ok(wrapped(state.store().user_settings(user_id).await?))
}

fn wrapped(settings: UserSettings) -> Versioned<WrappedUserSettings> {
    Versioned { version: settings.version, body: WrappedUserSettings { settings } }
}
