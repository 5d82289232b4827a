//! Models: their definitions, and what training made of them.

mod repository;
mod saved;
mod signature;

pub use repository::{CreatedModelRepositories, ModelRepository, ModelRepositoryPatch, NewModelRepository};
pub use saved::{ModelLocation, ModelSource, ModelStatus, NewSavedModel, SavedModel, SavedModelPatch};
pub use signature::{ModelSignature, SignatureField, SignatureParameter, SignatureType};
