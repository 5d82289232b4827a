//! Deployments: saved models where others can ask them for predictions.

mod asked;
mod endpoint;
mod information;
mod local;
mod mode;
mod prediction;
mod request;
mod serving;
mod table;

pub use asked::{AskedPrediction, KeptPrediction, KeptText, PredictionOutcome};
pub use endpoint::{Endpoint, ScoringProtocol};
pub use information::{CreatedDeployment, DeploymentInformation, DeploymentStatus};
pub use local::{LocalMode, ServingPython};
pub use mode::{ChosenMode, DeploymentMode, DeploymentParameter, DeploymentParameterType};
pub use prediction::{PackagedDeployment, PredictionRequest, PredictionResponse};
pub use request::{DeploymentPatch, NewDeployment};
pub use serving::{DeploymentEvent, Serving};
pub use table::{PARAMETERS_KEY, PredictionTable, SCORING_KEYS};
