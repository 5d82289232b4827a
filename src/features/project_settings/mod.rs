//! A project's settings: what it is, who may do what in it, and its end.

mod access;
mod danger;
mod general;
mod give_role;
mod grants;
mod hand_over;
mod member_row;
mod members;
mod page;

pub(crate) use page::ProjectSettings;
