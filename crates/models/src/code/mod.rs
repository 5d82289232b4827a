//! Code: the repositories it lies in, and the entry points by which it is started.

mod contents;
mod entry_point;
mod repository;

pub use contents::{CodeContents, CodeContentsQuery, Commit, MlProject};
pub use entry_point::{EntryPoint, EntryPointParameter, ParameterInput, ParameterType};
pub use repository::{CodeRepository, CodeRepositoryPatch, NewCodeRepository, Platform};
