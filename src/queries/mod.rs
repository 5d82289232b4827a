//! What the console reads and writes, cached. The only caller of the API.

mod agenda;
mod cache;
mod entry;
mod freshness;
mod query;
mod telling;
mod topic;
mod watch;
mod write;

pub mod clock;
pub mod confirmation;
pub mod connections;
pub mod invitations;
pub mod labels;
pub mod live;
pub mod logs;
pub mod markdown;
pub mod members;
pub mod projects;
pub mod repositories;
pub mod runs;
pub mod schedules;
pub mod search;
pub mod serving;
pub mod session;
pub mod settings;
pub mod teams;
pub mod templates;
pub mod tokens;
pub mod uploads;
pub mod users;
pub mod views;

pub use crate::api::ApiError;
pub use cache::Cache;
pub use query::{Query, read, read_when};
pub use topic::Topic;
pub use write::{Write, remove, write};
