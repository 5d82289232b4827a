//! Groups and organizations.

mod change;
mod check;
mod create;
mod end;
mod read;
mod standing;
mod team;

pub use read::TeamSearch;
pub use standing::Standing;
pub use team::Team;

pub(super) use change::add_members;
pub(super) use end::publish_projects;
pub(super) use standing::{push_own, require_lead};
