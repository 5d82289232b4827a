//! The YAML of a backend config, as people write such files: read, written, and changed in one place without touching the rest.
//!
//! A whole YAML library is two hundred kilobytes of the download, for files that hold a few keys. So this reads mappings,
//! lists, values, comments and JSON, and says so where it meets anything else; a test holds it against such a library.

mod change;
mod comment;
mod flow;
mod read;
mod scalar;
mod write;

pub(super) use change::change;
pub(super) use read::{Fields, YamlError, read};
pub(super) use write::write;
