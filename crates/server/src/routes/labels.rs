//! Labels of the whole platform: everybody finds and makes them, administrators tend them.

use axum::extract::State;
use axum::http::StatusCode;
use models::id::LabelId;
use models::label::{Label, LabelPatch, LabelSearch, MergeLabel, NewLabel};
use models::page::{Page, PageQuery};
use models::paths;
use models::permission::Action;
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::Routes;
use crate::error::Error;
use crate::http::{IfMatch, Json, Paging, Path, Query, Versioned};
use crate::store::{Store, StoreError};

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::Administrate, routes!(list))
        .add(Action::CreateLabels, routes!(create))
        .add(Action::SearchLabels, routes!(search))
        .add(Action::SearchLabels, routes!(of_scope))
        .add(Action::ManageLabels, routes!(change))
        .add(Action::ManageLabels, routes!(delete))
        .add(Action::ManageLabels, routes!(merge))
}

/// All labels, by scope and name, each with the number of things that have it.
#[utoipa::path(get, path = paths::LABELS, tag = "labels", operation_id = "list_labels", params(LabelSearch, PageQuery),
    responses((status = 200, description = "A page.", body = Page<Label>)))]
async fn list(
    State(store): State<Store>,
    Query(search): Query<LabelSearch>,
    Paging(page): Paging,
) -> Result<Json<Page<Label>>, Error> {
    Ok(Json(store.labels_with_usage(&search, page).await?))
}

/// Make a label. When there is such a label already, that is the answer.
#[utoipa::path(method(post, put), path = paths::LABELS, tag = "labels", operation_id = "create_label",
    request_body(content = NewLabel, example = json!({"scope": "problem-type", "name": "Clustering", "color": "#1f77b4"})),
    responses((status = 201, description = "The label.", body = Label)))]
async fn create(
    State(store): State<Store>,
    Json(new): Json<NewLabel>,
) -> Result<(StatusCode, Json<Label>), Error> {
    Ok((StatusCode::CREATED, Json(store.create_label(new).await?)))
}

/// Find labels by scope and text.
#[utoipa::path(get, path = paths::LABELS_SEARCH, tag = "labels", operation_id = "search_labels", params(LabelSearch, PageQuery),
    responses((status = 200, description = "By scope and name.", body = Page<Label>)))]
async fn search(
    State(store): State<Store>,
    Query(search): Query<LabelSearch>,
    Paging(page): Paging,
) -> Result<Json<Page<Label>>, Error> {
    Ok(Json(store.labels(&search, page).await?))
}

/// The labels of a scope, by name.
#[utoipa::path(get, path = paths::LABEL, tag = "labels", operation_id = "list_labels_of_scope",
    params(("label" = String, Path, description = "The scope, such as `problem-type`."), PageQuery),
    responses((status = 200, description = "A page; empty for a scope that no label has.", body = Page<Label>)))]
async fn of_scope(
    State(store): State<Store>,
    Path(scope): Path<String>,
    Paging(page): Paging,
) -> Result<Json<Page<Label>>, Error> {
    let search = LabelSearch { scope: Some(scope), search_string: None };
    Ok(Json(store.labels(&search, page).await?))
}

/// Change a label wherever it is used.
#[utoipa::path(method(put, post), path = paths::LABEL, tag = "labels", operation_id = "change_label",
    request_body(content = LabelPatch, example = json!({"name": "Cluster analysis", "color": null})),
    params(("If-Match" = Option<String>, Header, description = "The version that is changed, `\"v3\"`; browsers must send it.")),
    responses((status = 200, description = "As it is now.", body = Label),
        (status = 409, description = "There is such a label already.", body = models::problem::Problem),
        (status = 412, description = "Somebody else was faster; the label as it is now.", body = models::problem::Problem),
        (status = 428, description = "A browser must say which version it changes.", body = models::problem::Problem)))]
async fn change(
    State(store): State<Store>,
    Path(id): Path<LabelId>,
    IfMatch(expected): IfMatch,
    Json(patch): Json<LabelPatch>,
) -> Result<Versioned<Label>, Error> {
    match store.change_label(id, patch, expected).await {
        Ok(label) => Ok(Versioned { version: label.version, body: label }),
        Err(StoreError::Stale) => Err(Error::stale(store.label(id).await)),
        Err(error) => Err(error.into()),
    }
}

/// Delete a label; whatever has it has it no more.
#[utoipa::path(delete, path = paths::LABEL, tag = "labels", operation_id = "delete_label",
    responses((status = 204, description = "Deleted.")))]
async fn delete(State(store): State<Store>, Path(id): Path<LabelId>) -> Result<StatusCode, Error> {
    store.delete_label(id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Give whatever has this label another one instead, and delete it.
#[utoipa::path(post, path = paths::LABEL_MERGE, tag = "labels", operation_id = "merge_label",
    request_body(content = MergeLabel, example = json!({"into": "0190a5b2-c3d4-4e5f-8a9b-cdef01234567"})),
    responses((status = 200, description = "The label that stays.", body = Label)))]
async fn merge(
    State(store): State<Store>,
    Path(id): Path<LabelId>,
    Json(merge): Json<MergeLabel>,
) -> Result<Json<Label>, Error> {
    Ok(Json(store.merge_label(id, merge.into).await?))
}
