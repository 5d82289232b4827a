//! Labels of the whole platform.

use models::id::LabelId;
use models::label::{Label, LabelPatch, LabelSearch, MergeLabel, NewLabel};
use models::page::{Page, PageQuery};
use models::paths;

use super::ApiError;
use super::http::{self, Query};

/// `GET /api/labels/search`.
///
/// # Errors
/// As the server answers.
pub(crate) async fn search((search, page): (LabelSearch, PageQuery)) -> Result<Page<Label>, ApiError> {
    http::get(&paths::labels_search(), &Query::none().with(&search).with(&page)).await
}

/// `GET /api/labels`, for administrators: each with how much has it.
///
/// # Errors
/// As the server answers.
pub(crate) async fn list((search, page): (LabelSearch, PageQuery)) -> Result<Page<Label>, ApiError> {
    http::get(&paths::labels(), &Query::none().with(&search).with(&page)).await
}

/// `POST /api/labels`.
///
/// # Errors
/// [`ApiError::Invalid`] when fields are refused.
pub(crate) async fn create(new: NewLabel) -> Result<(), ApiError> {
    http::create(&paths::labels(), &new).await.map(|_: Label| ())
}

/// `PUT /api/labels/{label}`.
///
/// # Errors
/// [`ApiError::Stale`] when somebody else changed it; [`ApiError::Conflict`] when there is such a label;
/// [`ApiError::Invalid`] when fields are refused.
pub(crate) async fn change((label, version, patch): (LabelId, i64, LabelPatch)) -> Result<(), ApiError> {
    http::change(&paths::label(label), version, &patch).await
}

/// `POST /api/labels/{label}/merge`.
///
/// # Errors
/// [`ApiError::NotFound`] when one of them is gone.
pub(crate) async fn merge((label, into): (LabelId, LabelId)) -> Result<(), ApiError> {
    http::post(&paths::label_merge(label), &MergeLabel { into }).await.map(|_: Label| ())
}

/// `DELETE /api/labels/{label}`.
///
/// # Errors
/// As the server answers.
pub(crate) async fn delete(label: LabelId) -> Result<(), ApiError> {
    http::delete(&paths::label(label), None).await
}
