//! Projects as the 2022 interface asked for them: by a person.

use axum::extract::State;
use models::id::UserId;
use models::page::{Page, PageQuery};
use models::paths;
use models::permission::Action;
use models::project::{Project, ProjectSearch};
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::{Routes, SignedIn};
use crate::error::Error;
use crate::http::{Json, LabelQuery, Paging, Path, Query};
use crate::store::Store;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state).add(Action::ListProjects, routes!(list)).add(Action::ListProjects, routes!(search))
}

/// The projects in which a person has a role: oneself or, for administrators, anybody.
#[utoipa::path(get, path = paths::PROJECTS_OF_USER, tag = "projects", operation_id = "list_projects_of_user", params(PageQuery),
    responses((status = 200, description = "A page; what was changed last comes first.", body = Page<Project>)))]
async fn list(
    State(store): State<Store>,
    signed_in: SignedIn,
    Path(user): Path<UserId>,
    Paging(page): Paging,
) -> Result<Json<Page<Project>>, Error> {
    check(&signed_in, user)?;
    let search = ProjectSearch { member_id: Some(user), ..ProjectSearch::default() };
    Ok(Json(store.projects(signed_in.user.user_id, signed_in.only_project(), search, page).await?))
}

/// Find projects among those that the caller may see. It is the same search as that of all projects.
#[utoipa::path(get, path = paths::PROJECTS_OF_USER_SEARCH, tag = "projects", operation_id = "search_projects_of_user",
    params(ProjectSearch, PageQuery,
        ("labels" = Option<Vec<String>>, Query, description = "Only projects with all these labels, each a UUID or `scope:name`.")),
    responses((status = 200, description = "A page.", body = Page<Project>)))]
async fn search(
    State(store): State<Store>,
    signed_in: SignedIn,
    Path(user): Path<UserId>,
    Query(search): Query<ProjectSearch>,
    LabelQuery(labels): LabelQuery,
    Paging(page): Paging,
) -> Result<Json<Page<Project>>, Error> {
    check(&signed_in, user)?;
    let search = ProjectSearch { labels, ..search };
    Ok(Json(store.projects(signed_in.user.user_id, signed_in.only_project(), search, page).await?))
}

fn check(signed_in: &SignedIn, user: UserId) -> Result<(), Error> {
    let may = signed_in.user.is_admin || signed_in.user.user_id == user;
    if may { Ok(()) } else { Err(Error::NotFound) }
}
