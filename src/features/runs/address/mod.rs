//! The state of the table of runs, as its URL tells it.

mod handle;
pub(super) mod list;
mod runs_url;

pub(super) use handle::Address;
pub(super) use runs_url::RunsUrl;
