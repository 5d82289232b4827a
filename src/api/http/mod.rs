//! The only place that sends requests.

mod address;
mod clock;
mod exchange;
mod idempotency;
mod message;
mod part;
mod retry;
mod together;
mod upload;
mod verbs;

pub(crate) use address::{Query, address};
pub(crate) use clock::server_time;
pub use part::FilePart;
pub(crate) use part::part;
pub(crate) use upload::upload;
pub(crate) use verbs::{ask, change, create, delete, get, post, post_patiently, put_new};
