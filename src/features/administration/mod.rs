//! What those do who administer the server: letting people in and keeping them out.

mod create;
mod draft;
mod labels;
mod link;
mod only_administrators;
mod row;
mod shown_link;
mod users;

pub(crate) use labels::Labels;
pub(crate) use users::Users;
