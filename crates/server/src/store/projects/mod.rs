//! Projects.

mod change;
mod create;
mod read;
mod record;
mod search;

pub(super) use create::insert_personal;
