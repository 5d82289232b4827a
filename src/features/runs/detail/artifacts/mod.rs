//! The files that a run left.

mod folder;
mod page;
pub(super) mod preview;

pub(super) use page::Artifacts;
