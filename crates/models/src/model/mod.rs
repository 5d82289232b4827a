//! Models: their definitions, and what training made of them.

mod image;
mod repository;
mod saved;
mod signature;

pub use image::ImageArchive;
pub(crate) use image::is_reference;
pub use repository::{CreatedModelRepositories, ModelRepository, ModelRepositoryPatch, NewModelRepository};
pub use saved::{ModelLocation, ModelSource, ModelStatus, NewSavedModel, SavedModel, SavedModelPatch};
pub use signature::{ModelSignature, SignatureField, SignatureParameter, SignatureType};
