//! Credentials for other systems.

mod create;
mod delete;
mod draft;
mod edit;
mod fields;
mod form;
mod list;
mod row;
mod secret;
mod secret_input;
mod trial;
mod words;

pub(super) use list::Connections;
