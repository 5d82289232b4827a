//! What was trained, and what answers: saved models and deployments.

mod deployments;
mod image;
mod models;
mod parts;

pub(crate) use deployments::{DeploymentList, DeploymentPage};
pub(crate) use models::{SavedModelList, SavedModelPage};
