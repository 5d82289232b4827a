//! The state of the table of runs, as its URL tells it.

mod asked;
mod fragment;
mod handle;
pub(super) mod list;
mod runs_url;
mod setup;
mod shown;

pub(super) use handle::Address;
pub(super) use runs_url::RunsUrl;
pub(super) use shown::Missing;
