//! Deployments: saved models where others can ask them for predictions.

mod information;
mod local;
mod mode;
mod prediction;
mod request;
mod serving;

pub use information::{CreatedDeployment, DeploymentInformation, DeploymentStatus};
pub use local::{LocalMode, ServingPython};
pub use mode::{ChosenMode, DeploymentMode, DeploymentParameter, DeploymentParameterType};
pub use prediction::{PackagedDeployment, PredictionRequest, PredictionResponse};
pub use request::{DeploymentPatch, NewDeployment};
pub use serving::{DeploymentEvent, Serving};
