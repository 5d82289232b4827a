//! What was used by which runs.

use axum::extract::State;
use models::page::{Page, PageQuery};
use models::paths;
use models::permission::Action;
use models::repository::RepositorySearch;
use models::usage::{RunsByCodeRepository, RunsByDataRepository, RunsByExperiment, RunsByModel};
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::{Access, Routes};
use crate::error::Error;
use crate::http::{Json, Paging, Query};
use crate::store::Store;

pub(super) fn routes(state: &AppState) -> Routes {
    Routes::new(state)
        .add(Action::ViewProject, routes!(code))
        .add(Action::ViewProject, routes!(data))
        .add(Action::ViewProject, routes!(definitions))
        .add(Action::ViewProject, routes!(experiments))
}

macro_rules! usages {
    ($($handler:ident: $path:ident, $tag:tt, $operation:tt, $text:tt, $store:ident -> $with:ident;)+) => {$(
        #[doc = $text]
        ///
        /// Each thing tells its newest 200 runs at most, and one answer 2000, which the things of a page share evenly.
        #[utoipa::path(get, path = paths::$path, tag = $tag, operation_id = $operation, params(RepositorySearch, PageQuery),
            responses((status = 200, description = "A page.", body = Page<$with>)))]
        async fn $handler(
            State(store): State<Store>,
            access: Access,
            Query(search): Query<RepositorySearch>,
            Paging(page): Paging,
        ) -> Result<Json<Page<$with>>, Error> {
            Ok(Json(store.$store(access.project_id, &search, page).await?))
        }
    )+};
}

usages! {
    code: CODE_USAGE, "code", "list_code_usage",
        "The code repositories of a project, each with the runs that executed its code.",
        code_usage -> RunsByCodeRepository;
    data: DATA_USAGE, "data", "list_data_usage",
        "The data repositories of a project, each with the runs that read its data.",
        data_usage -> RunsByDataRepository;
    definitions: MODELS_USAGE, "models", "list_model_usage",
        "The definitions of models of a project, each with the runs that trained it.",
        model_usage -> RunsByModel;
}

/// The experiments of a project that are in use, each with its runs.
///
/// Each tells its newest 200 runs at most, and one answer 2000, which the experiments of a page share evenly.
#[utoipa::path(get, path = paths::EXPERIMENTS_USAGE, tag = "experiments", operation_id = "list_experiment_usage", params(PageQuery),
    responses((status = 200, description = "A page.", body = Page<RunsByExperiment>)))]
async fn experiments(
    State(store): State<Store>,
    access: Access,
    Paging(page): Paging,
) -> Result<Json<Page<RunsByExperiment>>, Error> {
    Ok(Json(store.experiment_usage(access.project_id, page).await?))
}
