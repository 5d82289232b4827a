//! Reads repositories at other servers, by the program `git`, over the guarded way out.
//!
//! Git never checks anything out here: its files are read as objects. So neither links, hooks, submodules nor names of files
//! in a repository can do anything. What a run executes is written by `check_out`, file by file.

mod check_out;
mod error;
mod listing;
mod mirror;
mod program;
mod remote;
mod tree;

pub use error::GitError;
pub use listing::{Listing, Reference};
pub use mirror::{Commit, Mirror, Mirrors};
pub use remote::Remote;
