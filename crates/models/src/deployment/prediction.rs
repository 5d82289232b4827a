//! Asking a deployed model, and taking it home.

use serde::{Deserialize, Serialize};

use crate::lenient::JsonObject;

/// What is to be predicted: any object. The 2022 interface sends a table by columns, as pandas writes it:
/// `{"x": {"0": 1.5}}`; MLflow's `dataframe_split`, `dataframe_records`, `instances` and `inputs` are objects too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", schema(value_type = Object))]
pub struct PredictionRequest(pub JsonObject);

/// What the model predicts: any object. What is none comes under `predictions`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", schema(value_type = Object))]
pub struct PredictionResponse(pub JsonObject);

/// Where the images of a deployment can be had; each that there is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PackagedDeployment {
    /// Where Apptainer pulls the image: `docker://registry.example.org/team/net:2`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apptainer_image_uri: Option<String>,
    /// Where the image can be downloaded for `docker load`, as a compressed archive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub docker_image_url: Option<String>,
}
