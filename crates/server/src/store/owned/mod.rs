//! What a project owns and people describe: code, data, definitions of models, saved models, deployments. What they
//! share is written here once; what differs stands with each kind.

mod kind;
mod named;
mod read;
mod write;

pub use kind::{Identity, Owned};
pub(super) use read::{belongs, by_id, without_runs};
pub(super) use write::{publish, refused};
