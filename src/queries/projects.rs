//! Projects.

use models::id::ProjectId;
use models::lineage::{Lineage, LineageReference};
use models::page::{Page, PageQuery};
use models::project::{Activity, NewProject, Project, ProjectPatch, ProjectSearch};

use super::{Query, Topic, Write, read, read_when, remove, write};
use crate::api;

pub use crate::api::projects::ProjectInBrief;

/// The projects that are searched for, one page of them.
pub fn list(search: impl Fn() -> (ProjectSearch, PageQuery) + Send + Sync + 'static) -> Query<Page<Project>> {
    read(|_| Topic::Projects, api::projects::list, search)
}

/// A project.
pub fn get(project: impl Fn() -> ProjectId + Send + Sync + 'static) -> Query<Project> {
    read(|project| Topic::Project(*project), api::projects::get, project)
}

/// What all pages of a project show of it; nothing is asked while none is named.
pub fn brief(project: impl Fn() -> Option<ProjectId> + Send + Sync + 'static) -> Query<ProjectInBrief> {
    read_when(|project| Topic::Project(*project), api::projects::get_in_brief, project)
}

/// How many runs began on each of the last `days`, today included.
pub fn activity(project: impl Fn() -> ProjectId + Send + Sync + 'static, days: u32) -> Query<Activity> {
    read(|(project, _)| Topic::Activity(*project), api::projects::activity, move || (project(), days))
}

/// Where a thing of a project comes from, and what was made of it.
pub fn lineage(of: impl Fn() -> (ProjectId, LineageReference) + Send + Sync + 'static) -> Query<Lineage> {
    read(|(project, _)| Topic::Repositories(*project), api::projects::lineage, of)
}

/// Makes a project.
pub fn create() -> Write<NewProject, ProjectId> {
    write(|_| vec![Topic::Projects], api::projects::create)
}

/// Changes a project, of the version that was seen.
pub fn change() -> Write<(ProjectId, i64, ProjectPatch), ()> {
    write(|(project, ..)| vec![Topic::Projects, Topic::Project(*project)], api::projects::change)
}

/// Deletes a project, of the version that was seen.
pub fn delete() -> Write<(ProjectId, i64), ()> {
    remove(|(project, _)| vec![Topic::Project(*project)], |_| vec![Topic::Projects], api::projects::delete)
}
