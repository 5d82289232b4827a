//! Code: the repositories it lies in, and the entry points by which it is started.

mod entry_point;
mod repository;

pub use entry_point::{EntryPoint, EntryPointParameter, ParameterInput, ParameterType};
pub use repository::{CodeRepository, CodeRepositoryPatch, NewCodeRepository, Platform};
