//! Talks HTTP with the server: one file a resource, one function an endpoint. It knows no views and no cache.

pub(crate) mod connections;
pub(crate) mod error;
pub(crate) mod events;
pub(crate) mod http;
pub(crate) mod invitations;
pub(crate) mod labels;
pub(crate) mod logs;
pub(crate) mod markdown;
pub(crate) mod members;
pub(crate) mod projects;
pub(crate) mod repositories;
pub(crate) mod runs;
pub(crate) mod schedules;
pub(crate) mod search;
pub(crate) mod serving;
pub(crate) mod session;
pub(crate) mod settings;
pub(crate) mod teams;
pub(crate) mod templates;
pub(crate) mod tokens;
pub(crate) mod users;
pub(crate) mod views;

pub use error::ApiError;
