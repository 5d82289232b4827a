//! Deployments: saved models where others can ask them for predictions.

mod information;
mod mode;
mod prediction;
mod request;

pub use information::{CreatedDeployment, DeploymentInformation, DeploymentStatus};
pub use mode::{ChosenMode, DeploymentMode, DeploymentParameter, DeploymentParameterType};
pub use prediction::{PackagedDeployment, PredictionRequest, PredictionResponse};
pub use request::{DeploymentPatch, NewDeployment};
