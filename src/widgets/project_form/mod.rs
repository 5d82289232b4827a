//! The forms about a project: its fields, and changing it also when somebody else was faster.

pub mod draft;
pub mod edit;
pub mod fields;

pub use draft::Fields as ProjectDraft;
pub use edit::EditProjectForm;
pub use fields::{ProjectFields, visibilities};
