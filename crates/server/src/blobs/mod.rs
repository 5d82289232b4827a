//! The bytes of artifacts, each kept once under its SHA-256: `blobs/ab/cd/<hash>` in the data folder.

mod error;
mod folder;
mod incoming;
mod room;
mod sweep;

pub use error::BlobError;
pub use folder::{Blob, Blobs};
pub use room::{Expected, Room, Rooms};
pub use sweep::sweep;
