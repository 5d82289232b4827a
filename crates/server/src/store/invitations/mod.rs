//! Invitations to groups, organizations and projects.

mod answer;
mod create;
mod read;
mod target;

pub use target::InvitedTo;

pub(super) use create::bind;
