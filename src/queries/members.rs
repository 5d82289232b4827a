//! Who has a role in a project.

use models::id::{ProjectId, UserId};
use models::page::{Page, PageQuery};
use models::project_access::ProjectAccess;

use super::{Query, Topic, Write, read, write};
use crate::api;

pub use crate::api::members::{Grant, Grantee};

/// A page of those who may see a project, and why.
pub fn access(
    page: impl Fn() -> (ProjectId, PageQuery) + Send + Sync + 'static,
) -> Query<Page<ProjectAccess>> {
    read(|(project, _)| Topic::Project(*project), api::members::access, page)
}

/// Gives a role in a project, or another one than before.
pub fn grant() -> Write<Grant, ()> {
    write(|grant| changed(grant.project), api::members::grant)
}

/// Takes a role in a project away.
pub fn revoke() -> Write<(ProjectId, Grantee), ()> {
    write(|(project, _)| changed(*project), api::members::revoke)
}

/// Makes somebody else the owner of a project.
pub fn hand_over() -> Write<(ProjectId, UserId), ()> {
    write(|(project, _)| changed(*project), api::members::hand_over)
}

fn changed(project: ProjectId) -> Vec<Topic> {
    vec![Topic::Project(project), Topic::Projects]
}
