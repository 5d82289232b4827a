//! Code, data, experiments and models of a project.

use models::code::{CodeContents, CodeContentsQuery, CodeRepository, CodeRepositoryPatch, NewCodeRepository};
use models::data::{DataRepository, DataRepositoryPatch, NewDataRepository};
use models::experiment::{ExperimentRepository, ExperimentRepositoryPatch, NewExperimentRepository};
use models::id::{CodeRepositoryId, ProjectId};
use models::model::{ModelRepository, ModelRepositoryPatch, NewModelRepository};
use models::page::{Page, PageQuery};
use models::paths;
use models::repository::RepositoryKind;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::ApiError;
use super::http::{self, Query};

/// Something that a project owns and its runs are made of.
#[derive(Debug, Clone, PartialEq)]
pub enum Repository {
    /// Code.
    Code(CodeRepository),
    /// Data.
    Data(DataRepository),
    /// An experiment.
    Experiment(ExperimentRepository),
    /// The definition of a model.
    Model(Box<ModelRepository>),
}

impl Repository {
    /// Identifies it among its kind.
    #[must_use]
    pub fn id(&self) -> Uuid {
        match self {
            Self::Code(code) => code.code_repository_id.0,
            Self::Data(data) => data.data_repository_id.0,
            Self::Experiment(experiment) => experiment.experiment_repository_id.0,
            Self::Model(model) => model.model_repository_id.0,
        }
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Code(code) => &code.code_repository_name,
            Self::Data(data) => &data.data_repository_name,
            Self::Experiment(experiment) => &experiment.name,
            Self::Model(model) => &model.name,
        }
    }
}

/// Asks for something new of a kind.
#[derive(Debug, Clone, PartialEq)]
pub enum NewRepository {
    /// Code.
    Code(NewCodeRepository),
    /// Data.
    Data(NewDataRepository),
    /// An experiment.
    Experiment(NewExperimentRepository),
    /// The definition of a model.
    Model(NewModelRepository),
}

/// Changes something.
#[derive(Debug, Clone, PartialEq)]
pub enum RepositoryPatch {
    /// Code.
    Code(CodeRepositoryPatch),
    /// Data.
    Data(DataRepositoryPatch),
    /// An experiment.
    Experiment(ExperimentRepositoryPatch),
    /// The definition of a model.
    Model(ModelRepositoryPatch),
}

/// `GET /api/projects/{project}/code`, `…/data`, `…/experiments` or `…/models`.
///
/// # Errors
/// As the server answers.
pub(crate) async fn list(
    (project, kind, page): (ProjectId, RepositoryKind, PageQuery),
) -> Result<Page<Repository>, ApiError> {
    match kind {
        RepositoryKind::Code => list_of(project, kind, page, Repository::Code).await,
        RepositoryKind::Data => list_of(project, kind, page, Repository::Data).await,
        RepositoryKind::Experiments => list_of(project, kind, page, Repository::Experiment).await,
        RepositoryKind::Models => list_of(project, kind, page, model).await,
    }
}

fn model(model: ModelRepository) -> Repository {
    Repository::Model(Box::new(model))
}

async fn list_of<T>(
    project: ProjectId,
    kind: RepositoryKind,
    page: PageQuery,
    wrap: fn(T) -> Repository,
) -> Result<Page<Repository>, ApiError>
where
    Page<T>: DeserializeOwned,
{
    let found: Page<T> = http::get(&kind.path(project), &Query::none().with(&page)).await?;
    let items = found.items.into_iter().map(wrap).collect();
    Ok(Page { total_records: found.total_records, items })
}

/// `GET` one of them.
///
/// # Errors
/// [`ApiError::NotFound`] when there is none, or the person may not see it.
pub(crate) async fn get(
    (project, kind, id): (ProjectId, RepositoryKind, Uuid),
) -> Result<Repository, ApiError> {
    let (path, query) = (kind.item_path(project, id), Query::none());
    match kind {
        RepositoryKind::Code => http::get(&path, &query).await.map(Repository::Code),
        RepositoryKind::Data => http::get(&path, &query).await.map(Repository::Data),
        RepositoryKind::Experiments => http::get(&path, &query).await.map(Repository::Experiment),
        RepositoryKind::Models => http::get(&path, &query).await.map(model),
    }
}

/// `POST` to one of the lists.
///
/// # Errors
/// [`ApiError::Invalid`] when fields are refused.
pub(crate) async fn create((project, new): (ProjectId, NewRepository)) -> Result<Uuid, ApiError> {
    #[derive(Deserialize)]
    struct Created {
        #[serde(
            alias = "codeRepositoryId",
            alias = "dataRepositoryId",
            alias = "experimentRepositoryId",
            alias = "modelRepositoryId"
        )]
        id: Uuid,
    }
    let created: Created = match new {
        NewRepository::Code(new) => http::create(&RepositoryKind::Code.path(project), &new).await,
        NewRepository::Data(new) => http::create(&RepositoryKind::Data.path(project), &new).await,
        NewRepository::Experiment(new) => {
            http::create(&RepositoryKind::Experiments.path(project), &new).await
        }
        NewRepository::Model(new) => http::create(&RepositoryKind::Models.path(project), &new).await,
    }?;
    Ok(created.id)
}

/// `PUT` one of them, of the version that was seen.
///
/// # Errors
/// [`ApiError::Stale`] when somebody else changed it; [`ApiError::Invalid`] when fields are refused.
pub(crate) async fn change(
    (project, id, version, patch): (ProjectId, Uuid, i64, RepositoryPatch),
) -> Result<(), ApiError> {
    let path = |kind: RepositoryKind| kind.item_path(project, id);
    match patch {
        RepositoryPatch::Code(patch) => http::change(&path(RepositoryKind::Code), version, &patch).await,
        RepositoryPatch::Data(patch) => http::change(&path(RepositoryKind::Data), version, &patch).await,
        RepositoryPatch::Experiment(patch) => {
            http::change(&path(RepositoryKind::Experiments), version, &patch).await
        }
        RepositoryPatch::Model(patch) => http::change(&path(RepositoryKind::Models), version, &patch).await,
    }
}

/// `DELETE` one of them, of the version that was seen.
///
/// # Errors
/// [`ApiError::Stale`] when somebody else changed it.
pub(crate) async fn delete(
    (project, kind, id, version): (ProjectId, RepositoryKind, Uuid, i64),
) -> Result<(), ApiError> {
    http::delete(&kind.item_path(project, id), Some(version)).await
}

/// `GET /api/projects/{project}/code/{code}/entry-points`.
///
/// # Errors
/// [`ApiError::Invalid`] when there is no such commit; else why the repository cannot be read, as the server says.
pub(crate) async fn code_contents(
    (project, code, asked): (ProjectId, CodeRepositoryId, CodeContentsQuery),
) -> Result<CodeContents, ApiError> {
    http::get(&paths::code_contents(project, code), &Query::none().with(&asked)).await
}
