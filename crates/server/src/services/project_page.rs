//! A project with all that its page shows.

use models::experiment::LifecycleStage;
use models::id::{ProjectId, UserId};
use models::page::PageQuery;
use models::project::Project;
use models::repository::RepositorySearch;

use crate::markdown;
use crate::store::{Store, StoreError};

/// The first of each kind; further ones are found in the lists of their own.
const FIRST: PageQuery = PageQuery { startindex: 0, pagelength: PageQuery::MAX_LENGTH };

/// A project with its repositories, its experiments and its rendered description.
///
/// # Errors
/// [`StoreError::NotFound`] when the viewer may not see it, or there is none.
pub async fn project_page(
    store: &Store,
    project_id: ProjectId,
    viewer: UserId,
) -> Result<Project, StoreError> {
    let all = RepositorySearch::default();
    let mut project = store.project(project_id, viewer).await?;
    project.description_document = markdown::render(&project.detailed_description);
    project.code_repositories = store.list_owned(project_id, &all, FIRST).await?.items;
    project.data_repositories = store.list_owned(project_id, &all, FIRST).await?.items;
    project.model_repositories = store.list_owned(project_id, &all, FIRST).await?.items;
    project.experiment_repositories =
        store.experiments(project_id, LifecycleStage::Active, FIRST).await?.items;
    Ok(project)
}
