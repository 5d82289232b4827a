//! The bytes of artifacts, each kept once under its SHA-256: `blobs/ab/cd/<hash>` in the data folder.

mod error;
mod folder;
mod incoming;
mod sweep;

pub use error::BlobError;
pub use folder::{Blob, Blobs};
pub use sweep::sweep;
