//! Models: their definitions, and what training made of them.

mod repository;
mod saved;

pub use repository::{CreatedModelRepositories, ModelRepository, ModelRepositoryPatch, NewModelRepository};
pub use saved::{ModelLocation, ModelSource, ModelStatus, NewSavedModel, SavedModel, SavedModelPatch};
