//! Code, data, experiments and models of a project.

use models::code::{CodeContents, CodeContentsQuery};
use models::id::{CodeRepositoryId, ProjectId};
use models::page::{Page, PageQuery};
use models::repository::RepositoryKind;
use uuid::Uuid;

use super::{Query, Topic, Write, read, read_when, write};
use crate::api;

pub use crate::api::repositories::{NewRepository, Repository, RepositoryPatch};

/// A page of a project's things of a kind, by name.
pub fn list(
    page: impl Fn() -> (ProjectId, RepositoryKind, PageQuery) + Send + Sync + 'static,
) -> Query<Page<Repository>> {
    read(|(project, ..)| Topic::Repositories(*project), api::repositories::list, page)
}

/// One of them.
pub fn get(
    which: impl Fn() -> (ProjectId, RepositoryKind, Uuid) + Send + Sync + 'static,
) -> Query<Repository> {
    read(|(project, ..)| Topic::Repositories(*project), api::repositories::get, which)
}

/// What a code repository holds at a commit, as its host tells; nothing is asked while there is no question.
pub fn code_contents(
    which: impl Fn() -> Option<(ProjectId, CodeRepositoryId, CodeContentsQuery)> + Send + Sync + 'static,
) -> Query<CodeContents> {
    read_when(|_| Topic::Elsewhere, api::repositories::code_contents, which)
}

/// Adds one to a project.
pub fn create() -> Write<(ProjectId, NewRepository), Uuid> {
    write(|(project, _)| changed(*project), api::repositories::create)
}

/// Changes one, of the version that was seen.
pub fn change() -> Write<(ProjectId, Uuid, i64, RepositoryPatch), ()> {
    write(|(project, ..)| changed(*project), api::repositories::change)
}

/// Deletes one, of the version that was seen. Its runs stay. Lists are read anew when the server tells of it: by then
/// nobody asks for what is gone.
pub fn delete() -> Write<(ProjectId, RepositoryKind, Uuid, i64), ()> {
    let topics = |(project, ..): &(ProjectId, RepositoryKind, Uuid, i64)| {
        vec![Topic::Project(*project), Topic::Projects, Topic::Runs(*project)]
    };
    write(topics, api::repositories::delete)
}

fn changed(project: ProjectId) -> Vec<Topic> {
    vec![Topic::Repositories(project), Topic::Project(project), Topic::Projects, Topic::Runs(project)]
}
