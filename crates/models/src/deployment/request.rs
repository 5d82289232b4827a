//! What the server is told of a deployment.

use serde::{Deserialize, Serialize};

use super::{ChosenMode, DeploymentStatus, PredictionRequest, information::utc};
use crate::backend_config::Resources;
use crate::id::{ConnectionId, SavedModelId};
use crate::lenient::{self, JsonObject, reshaped};
use crate::text::{CronExpression, Name, Uri};

/// Deploys a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(remote = "Self", rename_all = "camelCase")]
pub struct NewDeployment {
    /// What to call it; as the model when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// The model that is to answer; one of the same project. Also read as `savedModelId`, an id or an object, or as
    /// `trainedModelId`.
    #[serde(deserialize_with = "model_id")]
    pub model_id: SavedModelId,
    /// The caller's connection that reaches the machine; also read as an object under `connection`.
    #[serde(default, deserialize_with = "lenient::optional_id", skip_serializing_if = "Option::is_none")]
    pub connection_id: Option<ConnectionId>,
    /// What the machine must offer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resources: Option<Resources>,
    /// When it is asked by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cron_string: Option<CronExpression>,
    /// The time zone of `cronString`, an IANA name; `UTC` when absent.
    #[serde(default = "utc")]
    #[cfg_attr(feature = "openapi", schema(max_length = 64))]
    pub time_zone: String,
    /// What it is asked by itself; without it nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheduled_request: Option<PredictionRequest>,
    /// How to deploy it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<ChosenMode>,
    /// Where a machine already answers for the model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endpoint_uri: Option<Uri>,
}

reshaped!(NewDeployment, older_names);

fn model_id<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<SavedModelId, D::Error> {
    lenient::optional_id(deserializer)?.ok_or_else(|| serde::de::Error::missing_field("modelId"))
}

fn older_names(fields: &mut JsonObject) {
    for older in ["savedModelId", "trainedModelId", "model"] {
        lenient::rename(fields, older, "modelId");
    }
    lenient::rename(fields, "connection", "connectionId");
}

/// Changes a deployment; what is absent stays, and `null` removes where there can be nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(remote = "Self", rename_all = "camelCase")]
pub struct DeploymentPatch {
    /// What to call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// The model that is to answer.
    #[serde(default, deserialize_with = "lenient::optional_id", skip_serializing_if = "Option::is_none")]
    pub model_id: Option<SavedModelId>,
    /// The caller's connection that reaches the machine.
    #[serde(default, deserialize_with = "lenient::changed_id", skip_serializing_if = "Option::is_none")]
    pub connection_id: Option<Option<ConnectionId>>,
    /// What the machine must offer.
    #[serde(default, deserialize_with = "lenient::changed", skip_serializing_if = "Option::is_none")]
    pub resources: Option<Option<Resources>>,
    /// When it is asked by itself; `null` for never.
    #[serde(default, deserialize_with = "lenient::changed", skip_serializing_if = "Option::is_none")]
    pub cron_string: Option<Option<CronExpression>>,
    /// The time zone of `cronString`, an IANA name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 64))]
    pub time_zone: Option<String>,
    /// Whether the schedule rests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused: Option<bool>,
    /// What it is asked by itself; `null` for nothing.
    #[serde(default, deserialize_with = "lenient::changed", skip_serializing_if = "Option::is_none")]
    pub scheduled_request: Option<Option<PredictionRequest>>,
    /// How to deploy it.
    #[serde(default, deserialize_with = "lenient::changed", skip_serializing_if = "Option::is_none")]
    pub mode: Option<Option<ChosenMode>>,
    /// Where a machine already answers for the model.
    #[serde(default, deserialize_with = "lenient::changed", skip_serializing_if = "Option::is_none")]
    pub endpoint_uri: Option<Option<Uri>>,
    /// `RUNNING` starts it, `STOPPED` stops it; the other states come about by themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<DeploymentStatus>,
}

reshaped!(DeploymentPatch, older_names);
