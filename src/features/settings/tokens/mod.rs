//! Tokens for programs.

mod create;
mod created;
mod draft;
mod expiry;
mod list;
mod revoke;
mod row;
mod words;

pub(super) use list::Tokens;
