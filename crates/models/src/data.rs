//! Data repositories of a project.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::document::Node;
use crate::id::{ConnectionId, DataRepositoryId};
use crate::label::{self, Label, LabelReference};
use crate::lenient;
use crate::macros::open_enum;
use crate::page::Listed;
use crate::secret::Secret;
use crate::text::{Markdown, Name, Uri};
use crate::time::UnixMillis;
use crate::usage::UsageSummary;

open_enum! {
    /// Where data is kept.
    DataPlatform {
        /// A git repository at GitHub.
        GitHub = "GitHub",
        /// A git repository at GitLab, on any host.
        GitLab = "GitLab",
        /// A git repository at Bitbucket.
        Bitbucket = "Bitbucket",
        /// A bucket of an S3 store.
        S3 = "S3",
        /// Somewhere else.
        Other = "Other",
    }
}

/// A place that holds data: a git repository, or a folder of a remote store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DataRepository {
    /// Identifies the repository.
    pub data_repository_id: DataRepositoryId,
    /// What it is called.
    pub data_repository_name: String,
    /// Where it lies: a git address, `s3://…` or `remote:/…`.
    pub uri: String,
    /// Where it is kept.
    pub platform: DataPlatform,
    /// The connection that opens it; `null` for public data.
    pub connection_id: Option<ConnectionId>,
    /// Whether the git repository holds DVC's pointers, and the data lies elsewhere.
    #[serde(default)]
    pub is_dvc_enabled: bool,
    /// The connection to where DVC keeps the data; its provider is `S3`.
    pub dvc_connection_id: Option<ConnectionId>,
    /// Named versions, each with its commit or branch.
    pub versions: Option<BTreeMap<String, String>>,
    /// What it holds, in Markdown.
    #[serde(default)]
    pub description: String,
    /// The description as a tree; only where a single repository is asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub description_document: Vec<Node>,
    /// The runs that used it; only where lists are asked for, or this alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runs: Option<UsageSummary>,
    /// Its labels.
    #[serde(default)]
    pub labels: Vec<Label>,
    /// When it was made.
    pub created_at: UnixMillis,
    /// When it was changed last.
    pub updated_at: UnixMillis,
    /// Counts its changes; the `ETag` is `"v<version>"`.
    pub version: i64,
}

impl Listed for DataRepository {
    const PROPERTY: &'static str = "dataRepositories";
}

/// Adds a data repository to a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewDataRepository {
    /// What to call it.
    pub data_repository_name: Name,
    /// Where it lies.
    pub uri: Uri,
    /// Where it is kept; as `uri` suggests when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<DataPlatform>,
    /// The caller's connection that opens it.
    #[serde(default, deserialize_with = "lenient::optional_id", skip_serializing_if = "Option::is_none")]
    pub connection_id: Option<ConnectionId>,
    /// A token that opens it, as `mantik` clients up to 0.5.0 send it. It is kept as a new connection of the caller;
    /// name a connection instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(write_only))]
    pub access_token: Option<Secret>,
    /// Whether it is under DVC.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub is_dvc_enabled: bool,
    /// The caller's connection to where DVC keeps the data.
    #[serde(default, deserialize_with = "lenient::optional_id", skip_serializing_if = "Option::is_none")]
    pub dvc_connection_id: Option<ConnectionId>,
    /// Named versions, each with its commit or branch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub versions: Option<BTreeMap<String, String>>,
    /// What it holds, in Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Markdown>,
    /// Its labels.
    #[serde(default, deserialize_with = "label::references", skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<LabelReference>,
}

impl NewDataRepository {
    /// Where it is kept: as said, or as its address suggests.
    #[must_use]
    pub fn platform(&self) -> DataPlatform {
        self.platform.clone().unwrap_or_else(|| DataPlatform::suggested_by(self.uri.as_str()))
    }
}

impl DataPlatform {
    /// The platform that `uri` suggests; `Other` when it suggests none.
    #[must_use]
    pub fn suggested_by(uri: &str) -> Self {
        if uri.starts_with("s3://") {
            Self::S3
        } else if uri.starts_with("https://") {
            crate::code::Platform::suggested_by(uri).to_string().into()
        } else {
            Self::Other
        }
    }
}

/// Changes a data repository; what is absent stays, and `null` removes where there can be nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DataRepositoryPatch {
    /// What to call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_repository_name: Option<Name>,
    /// Where it lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uri: Option<Uri>,
    /// Where it is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<DataPlatform>,
    /// The caller's connection that opens it; `null` for public data.
    #[serde(default, deserialize_with = "lenient::changed_id", skip_serializing_if = "Option::is_none")]
    pub connection_id: Option<Option<ConnectionId>>,
    /// Whether it is under DVC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_dvc_enabled: Option<bool>,
    /// The caller's connection to where DVC keeps the data.
    #[serde(default, deserialize_with = "lenient::changed_id", skip_serializing_if = "Option::is_none")]
    pub dvc_connection_id: Option<Option<ConnectionId>>,
    /// Named versions from now on, each with its commit or branch.
    #[serde(default, deserialize_with = "lenient::changed", skip_serializing_if = "Option::is_none")]
    pub versions: Option<Option<BTreeMap<String, String>>>,
    /// What it holds, in Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Markdown>,
    /// Its labels from now on.
    #[serde(
        default,
        deserialize_with = "label::changed_references",
        skip_serializing_if = "Option::is_none"
    )]
    pub labels: Option<Vec<LabelReference>>,
}
