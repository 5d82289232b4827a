//! The files that a run has left.

use serde::{Deserialize, Serialize};

/// An artifact or a folder of artifacts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ArtifactEntry {
    /// The way to it from the run's artifact root, with `/` between the parts.
    pub path: String,
    /// Whether it is a folder.
    pub is_dir: bool,
    /// Its size in bytes; for a folder that of all within.
    pub size: u64,
}

/// The artifacts in one folder of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ArtifactListing {
    /// Folders first, then files, each by name.
    pub entries: Vec<ArtifactEntry>,
}
