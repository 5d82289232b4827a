//! Projects: finding one, making one, and what is going on in it.

mod create;
mod dashboard;
mod list;
mod project_card;

pub(crate) use dashboard::ProjectDashboard;
pub(crate) use list::ProjectList;
