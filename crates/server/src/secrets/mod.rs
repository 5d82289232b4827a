//! Secrets at rest: sealed with a key of their own, which is wrapped by one made from the master key.
//!
//! A secret is bound to its place, so that a row, a column or an owner that was exchanged in the database does not open.

mod place;
mod safe;
mod sealed;

pub use place::{Place, SecretField};
pub use safe::{Safe, SealError};
pub use sealed::Sealed;
