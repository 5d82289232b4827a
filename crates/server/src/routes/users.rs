//! People.

use axum::extract::State;
use axum::http::StatusCode;
use models::id::UserId;
use models::page::{Page, PageQuery};
use models::paths;
use models::permission::Action;
use models::person::{CreatedUser, NewUser, SignInLink, User, UserPatch, UserRecord};
use models::problem::Problem;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::routes;

use super::session::BODY_LIMIT;
use crate::AppState;
use crate::auth::{Routes, SignedIn, small};
use crate::error::Error;
use crate::http::{Json, Paging, Path, Query, Site};
use crate::services;
use crate::store::Store;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::Administrate, routes!(list))
        .add(Action::SearchUsers, routes!(search))
        .add(Action::SearchUsers, routes!(show))
        .add_sensitive(Action::ManageUsers, small(BODY_LIMIT, routes!(create)))
        .add_sensitive(Action::EditUser, small(BODY_LIMIT, routes!(change)))
        .add_sensitive(Action::ManageUsers, routes!(disable))
        .add_sensitive(Action::ManageUsers, routes!(enable))
        .add_sensitive(Action::ManageUsers, routes!(link))
}

/// What to find people by.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub(super) struct Search {
    /// A text that the name contains, whatever the case.
    #[serde(default)]
    #[param(max_length = 250)]
    pub(super) search_string: String,
}

/// All people, also those who may not sign in, by name. The text is looked for in their addresses too.
#[utoipa::path(get, path = paths::USERS, tag = "people", operation_id = "list_users", params(Search, PageQuery),
    responses((status = 200, description = "By name.", body = Page<UserRecord>)))]
async fn list(
    State(store): State<Store>,
    Query(search): Query<Search>,
    Paging(page): Paging,
) -> Result<Json<Page<UserRecord>>, Error> {
    Ok(Json(store.user_records(&search.search_string, page).await?))
}

/// Find people by name. E-mail addresses are not told.
#[utoipa::path(get, path = paths::USERS_SEARCH, tag = "people", operation_id = "search_users", params(Search, PageQuery),
    responses((status = 200, description = "By name.", body = Page<User>)))]
async fn search(
    State(store): State<Store>,
    Query(search): Query<Search>,
    Paging(page): Paging,
) -> Result<Json<Page<User>>, Error> {
    Ok(Json(store.search_users(&search.search_string, page).await?))
}

/// A person. Her e-mail address is told to herself, to administrators and to those who share a project with her.
#[utoipa::path(get, path = paths::USER, tag = "people", operation_id = "get_user",
    responses((status = 200, description = "The person.", body = User)))]
async fn show(
    State(store): State<Store>,
    signed_in: SignedIn,
    Path(user_id): Path<UserId>,
) -> Result<Json<User>, Error> {
    Ok(Json(store.user(user_id, &signed_in.user).await?))
}

/// Add a person. Without a password she is let in by a link that works once.
#[utoipa::path(method(post, put), path = paths::USERS, tag = "people", operation_id = "create_user", request_body = NewUser,
    responses((status = 201, description = "Added.", body = CreatedUser),
        (status = 409, description = "The name or the address is taken.", body = Problem)))]
async fn create(
    State(state): State<AppState>,
    site: Site,
    Json(new): Json<NewUser>,
) -> Result<(StatusCode, Json<CreatedUser>), Error> {
    let origin = site.origin(state.settings());
    Ok((StatusCode::CREATED, Json(services::create_user(&state, &origin, new).await?)))
}

/// Change a person's name and address; an administrator also what she may do, and another's password.
#[utoipa::path(method(put, post), path = paths::USER, tag = "people", operation_id = "change_user", request_body = UserPatch,
    responses((status = 200, description = "As she is now.", body = User),
        (status = 409, description = "The name or the address is taken, or nobody would administer the server.", body = Problem)))]
async fn change(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(user_id): Path<UserId>,
    Json(patch): Json<UserPatch>,
) -> Result<Json<User>, Error> {
    services::change_user(&state, &signed_in, user_id, patch).await?;
    Ok(Json(state.store().account(user_id).await?.in_full()))
}

/// Keep a person out: she is signed out everywhere and her tokens end. What she made stays.
#[utoipa::path(delete, path = paths::USER, tag = "people", operation_id = "disable_user",
    responses((status = 204, description = "Kept out."),
        (status = 409, description = "It is the caller herself, or nobody would administer the server.", body = Problem)))]
async fn disable(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(user_id): Path<UserId>,
) -> Result<StatusCode, Error> {
    let ended = state.store().disable_user(user_id, signed_in.user.user_id).await?;
    services::end(&state, &ended);
    Ok(StatusCode::NO_CONTENT)
}

/// Let a person sign in again.
#[utoipa::path(post, path = paths::USER_ENABLE, tag = "people", operation_id = "enable_user",
    responses((status = 204, description = "Let in.")))]
async fn enable(State(store): State<Store>, Path(user_id): Path<UserId>) -> Result<StatusCode, Error> {
    store.enable_user(user_id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Let a person in who forgot her password: it is taken away, and she gets a link that works once.
#[utoipa::path(post, path = paths::USER_LINK, tag = "people", operation_id = "create_sign_in_link",
    responses((status = 201, description = "Made.", body = SignInLink),
        (status = 409, description = "She may not sign in.", body = Problem)))]
async fn link(
    State(state): State<AppState>,
    signed_in: SignedIn,
    site: Site,
    Path(user_id): Path<UserId>,
) -> Result<(StatusCode, Json<SignInLink>), Error> {
    if user_id == signed_in.user.user_id {
        return Err(Error::Conflict("Change your own password in your settings.".to_owned()));
    }
    let origin = site.origin(state.settings());
    Ok((StatusCode::CREATED, Json(services::replace_password_by_link(&state, &origin, user_id).await?)))
}
