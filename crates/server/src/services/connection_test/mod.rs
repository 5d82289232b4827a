//! Trying a connection out: the other system is asked with the stored secrets, and nothing that it says is passed on.

mod address;
mod ask;
mod git;
mod question;
mod s3;
mod ssh;
mod verdict;

pub(super) use address::is_at;
pub use ask::test_connection;
pub(super) use question::authorization;
