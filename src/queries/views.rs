//! Saved views of a project's table of runs.

use models::id::{ProjectId, RunViewId};
use models::run_view::{NewRunView, RunView, RunViewPatch, RunViews};

use super::{Query, Topic, Write, read_when, write};
use crate::api;

/// A change of a view: its project, itself, the version that was seen, and what changes.
pub type Change = (ProjectId, RunViewId, i64, RunViewPatch);
/// Which view of a project opens first; `None` for none.
pub type Choice = (ProjectId, Option<RunViewId>);

/// The views of a project that the person sees; nothing is asked while there is no project.
pub fn list(project: impl Fn() -> Option<ProjectId> + Send + Sync + 'static) -> Query<RunViews> {
    read_when(|project| Topic::Views(*project), api::views::list, project)
}

/// Saves a view.
pub fn create() -> Write<(ProjectId, NewRunView), RunView> {
    write(|(project, _)| vec![Topic::Views(*project)], api::views::create)
}

/// Changes a view, of the version that was seen.
pub fn change() -> Write<Change, ()> {
    write(|(project, ..)| vec![Topic::Views(*project)], api::views::change)
}

/// Deletes a view, of the version that was seen.
pub fn delete() -> Write<(ProjectId, RunViewId, i64), ()> {
    write(|(project, ..)| vec![Topic::Views(*project)], api::views::delete)
}

/// Chooses which view opens first for everybody; `None` for none.
pub fn set_default() -> Write<Choice, ()> {
    write(|(project, _)| vec![Topic::Views(*project)], api::views::set_default)
}

/// Chooses which view opens first for the person; `None` for that of everybody.
pub fn set_own_default() -> Write<Choice, ()> {
    write(|(project, _)| vec![Topic::Views(*project)], api::views::set_own_default)
}
