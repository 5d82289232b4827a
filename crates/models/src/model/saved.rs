//! Saved models: what a run trained, or what lies somewhere, and the container image made of it.

use serde::{Deserialize, Serialize};

use super::{ImageArchive, ModelRepository};
use crate::id::{ConnectionId, ModelRepositoryId, RunId, SavedModelId};
use crate::lenient::{self, JsonObject, reshaped};
use crate::macros::open_enum;
use crate::page::Listed;
use crate::problem::FieldErrors;
use crate::text::{ImageReference, Name, Uri};
use crate::time::UnixMillis;

open_enum! {
    /// The kind of storage that a model lies in.
    ModelLocation {
        /// An S3 store.
        S3 = "S3",
        /// The artifacts of a run.
        Mlflow = "MLFLOW",
        /// Any other address.
        Uri = "URI",
    }
}

open_enum! {
    /// How far the container image of a model is; the `mantik` client prints it as build status.
    ModelStatus {
        /// None was asked for, or whoever builds it has not uploaded it yet.
        Pending = "PENDING",
        /// It is being built.
        Building = "BUILDING",
        /// It can be downloaded.
        Successful = "SUCCESSFUL",
        /// It could not be built.
        Failed = "FAILED",
    }
}

impl ModelStatus {
    /// Why the image cannot be built now; `None` when it can.
    #[must_use]
    pub fn why_not_build(&self) -> Option<&'static str> {
        match self {
            Self::Building => Some("The image is being built already."),
            Self::Pending | Self::Successful | Self::Failed | Self::Unknown(_) => None,
        }
    }

    /// Why the image cannot be downloaded; `None` when it can.
    #[must_use]
    pub fn why_not_download(&self) -> Option<&'static str> {
        match self {
            Self::Successful => None,
            Self::Pending => {
                Some("There is no image yet. Ask for one, or upload one that was built elsewhere.")
            }
            Self::Building => Some("The image is still being built."),
            Self::Failed => Some("The image could not be built; build it again."),
            Self::Unknown(_) => Some("The image is in a state that this version does not know."),
        }
    }
}

/// A saved, that is trained, model. The `mantik` client wants all keys up to `status`, be they `null`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SavedModel {
    /// Identifies the model.
    #[serde(alias = "trainedModelRepositoryId")]
    pub model_id: SavedModelId,
    /// What it is called; unique in its project.
    pub name: String,
    /// Where it lies: `s3://…`, `mlflow-artifacts:/…` or `runs:/…`.
    pub uri: Option<String>,
    /// The kind of storage it lies in.
    pub location: Option<ModelLocation>,
    /// The connection that opens the storage.
    pub connection_id: Option<ConnectionId>,
    /// The values that it was trained with.
    #[serde(default, deserialize_with = "lenient::optional_object")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub mlflow_parameters: Option<JsonObject>,
    /// The run that trained it; then `uri` and `location` are those of the run's artifacts.
    pub run_id: Option<RunId>,
    /// How far its container image is, the one that is uploaded.
    pub status: ModelStatus,
    /// Where its container image can be pulled; the servers of this project do not look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_reference: Option<ImageReference>,
    /// Its container image as it was uploaded, while `status` says that it can be downloaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_archive: Option<ImageArchive>,
    /// The definition it was trained from.
    pub model_repository: Option<ModelRepository>,
    /// When it was made.
    pub created_at: UnixMillis,
    /// When it was changed last.
    pub updated_at: UnixMillis,
    /// Counts its changes; the `ETag` is `"v<version>"`.
    pub version: i64,
}

impl Listed for SavedModel {
    const PROPERTY: &'static str = "models";
}

/// Where a model comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelSource {
    /// The artifacts of a run; the server fills in address and storage.
    Run(RunId),
    /// A place of its own.
    Storage {
        /// The address.
        uri: Uri,
        /// The kind of storage.
        location: ModelLocation,
    },
}

impl ModelSource {
    /// The source that these fields of a request, or of a model once a patch is applied, name. A run wins.
    ///
    /// The client refuses only when all three are missing, so that half a place reaches the server.
    ///
    /// # Errors
    /// The fields that are missing.
    pub fn choose(
        run_id: Option<RunId>,
        uri: Option<Uri>,
        location: Option<ModelLocation>,
    ) -> Result<Self, FieldErrors> {
        match (run_id, uri, location) {
            (Some(run_id), _, _) => Ok(Self::Run(run_id)),
            (None, Some(uri), Some(location)) => Ok(Self::Storage { uri, location }),
            (None, Some(_), None) => {
                Err(FieldErrors::at("location", "say which storage this address is in, such as S3"))
            }
            (None, None, Some(_)) => Err(FieldErrors::at("uri", "enter the address in this storage")),
            (None, None, None) => Err(FieldErrors::at(
                "runId",
                "choose the run that trained it, or enter both address and storage",
            )),
        }
    }
}

/// Adds a saved model to a project. It needs `runId`, or both `uri` and `location`; see [`NewSavedModel::source`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(remote = "Self", rename_all = "camelCase")]
pub struct NewSavedModel {
    /// What to call it; unique in its project.
    pub name: Name,
    /// Where it lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uri: Option<Uri>,
    /// The kind of storage it lies in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<ModelLocation>,
    /// The caller's connection that opens the storage.
    #[serde(default, deserialize_with = "lenient::optional_id", skip_serializing_if = "Option::is_none")]
    pub connection_id: Option<ConnectionId>,
    /// The values that it was trained with; an object, or a text that holds one in JSON.
    #[serde(default, deserialize_with = "lenient::optional_object", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub mlflow_parameters: Option<JsonObject>,
    /// The run that trained it; one of the same project.
    #[serde(default, deserialize_with = "lenient::optional_id", skip_serializing_if = "Option::is_none")]
    pub run_id: Option<RunId>,
    /// The definition it was trained from; also read as an object under `modelRepository`.
    #[serde(default, deserialize_with = "lenient::optional_id", skip_serializing_if = "Option::is_none")]
    pub model_repository_id: Option<ModelRepositoryId>,
    /// Where its container image can be pulled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_reference: Option<ImageReference>,
}

reshaped!(NewSavedModel, nested_model_repository);

impl NewSavedModel {
    /// Where it comes from.
    ///
    /// # Errors
    /// The fields that are missing.
    pub fn source(&self) -> Result<ModelSource, FieldErrors> {
        ModelSource::choose(self.run_id, self.uri.clone(), self.location.clone())
    }
}

fn nested_model_repository(fields: &mut JsonObject) {
    lenient::rename(fields, "modelRepository", "modelRepositoryId");
}

/// Changes a saved model; what is absent stays, and `null` removes. The `mantik` client sends all fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(remote = "Self", rename_all = "camelCase")]
pub struct SavedModelPatch {
    /// What to call it; unique in its project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// Where it lies.
    #[serde(default, deserialize_with = "lenient::changed", skip_serializing_if = "Option::is_none")]
    pub uri: Option<Option<Uri>>,
    /// The kind of storage it lies in.
    #[serde(default, deserialize_with = "lenient::changed", skip_serializing_if = "Option::is_none")]
    pub location: Option<Option<ModelLocation>>,
    /// The caller's connection that opens the storage.
    #[serde(default, deserialize_with = "lenient::changed_id", skip_serializing_if = "Option::is_none")]
    pub connection_id: Option<Option<ConnectionId>>,
    /// The values that it was trained with.
    #[serde(default, deserialize_with = "lenient::changed_object", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub mlflow_parameters: Option<Option<JsonObject>>,
    /// The run that trained it.
    #[serde(default, deserialize_with = "lenient::changed_id", skip_serializing_if = "Option::is_none")]
    pub run_id: Option<Option<RunId>>,
    /// The definition it was trained from.
    #[serde(default, deserialize_with = "lenient::changed_id", skip_serializing_if = "Option::is_none")]
    pub model_repository_id: Option<Option<ModelRepositoryId>>,
    /// Where its container image can be pulled.
    #[serde(default, deserialize_with = "lenient::changed", skip_serializing_if = "Option::is_none")]
    pub image_reference: Option<Option<ImageReference>>,
}

reshaped!(SavedModelPatch, nested_model_repository);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_wins_over_a_place() {
        let run = RunId(uuid::Uuid::max());
        assert_eq!(ModelSource::choose(Some(run), uri(), Some(ModelLocation::S3)), Ok(ModelSource::Run(run)));
    }

    #[test]
    fn a_place_needs_address_and_storage() {
        check(uri(), None, "location", "say which storage this address is in, such as S3");
        check(None, Some(ModelLocation::S3), "uri", "enter the address in this storage");
        check(None, None, "runId", "choose the run that trained it, or enter both address and storage");
        assert!(ModelSource::choose(None, uri(), Some(ModelLocation::S3)).is_ok());
    }

    #[test]
    fn only_a_built_image_can_be_downloaded() {
        let downloadable = ModelStatus::KNOWN.iter().filter(|status| status.why_not_download().is_none());
        assert_eq!(downloadable.collect::<Vec<_>>(), [&ModelStatus::Successful]);
    }

    fn uri() -> Option<Uri> {
        Some("s3://bucket/model".parse().unwrap())
    }

    #[track_caller]
    fn check(uri: Option<Uri>, location: Option<ModelLocation>, field: &str, message: &str) {
        assert_eq!(ModelSource::choose(None, uri, location), Err(FieldErrors::at(field, message)));
    }
}
