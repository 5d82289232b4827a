//! Templates of the form that starts a project's runs.

use models::id::{ProjectId, RunTemplateId};
use models::run_template::{NewRunTemplate, RunTemplate, RunTemplatePatch, RunTemplates};

use super::{Query, Topic, Write, read_when, write};
use crate::api;

/// A change of a template: its project, itself, the version that was seen, and what changes.
pub type Change = (ProjectId, RunTemplateId, i64, RunTemplatePatch);

/// The templates of a project that the person sees; nothing is asked while there is no project.
pub fn list(project: impl Fn() -> Option<ProjectId> + Send + Sync + 'static) -> Query<RunTemplates> {
    read_when(|project| Topic::RunTemplates(*project), api::templates::list, project)
}

/// Saves a template.
pub fn create() -> Write<(ProjectId, NewRunTemplate), RunTemplate> {
    write(|(project, _)| vec![Topic::RunTemplates(*project)], api::templates::create)
}

/// Changes a template, of the version that was seen.
pub fn change() -> Write<Change, ()> {
    write(|(project, ..)| vec![Topic::RunTemplates(*project)], api::templates::change)
}

/// Deletes a template, of the version that was seen.
pub fn delete() -> Write<(ProjectId, RunTemplateId, i64), ()> {
    write(|(project, ..)| vec![Topic::RunTemplates(*project)], api::templates::delete)
}
