//! Asks sites of UNICORE by their REST API: <https://unicore-docs.readthedocs.io/en/latest/user-docs/rest-api/>.
//!
//! Each address is put together from that of the API and an id, never taken from an answer: so credentials go to the host
//! that they are for, whatever a site says.

mod answer;
mod error;
mod queues;
mod site;

pub use answer::{Job, JobStatus};
pub use error::SiteError;
pub use site::Site;
