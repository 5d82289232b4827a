//! Groups and organizations: people who get a role in a project together.

mod add_group;
mod create;
mod groups;
mod list;
mod menu;
mod page;
mod people;
mod rename;
mod standing;
mod words;

pub(crate) use list::TeamList;
pub(crate) use page::TeamPage;
