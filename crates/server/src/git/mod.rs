//! Reads repositories at other servers, by the program `git`, over the guarded way out.
//!
//! Nothing of a repository is ever checked out here: its files are read as objects. So neither links, hooks, submodules
//! nor names of files in it can do anything.

mod error;
mod listing;
mod mirror;
mod program;
mod remote;

pub use error::GitError;
pub use listing::{Listing, Reference};
pub use mirror::{Commit, Mirror, Mirrors};
pub use remote::Remote;
