//! What a code repository holds at a commit: its entry points, and what else could be looked at.

use serde::{Deserialize, Serialize};

use super::EntryPoint;
use crate::id::ConnectionId;
use crate::time::UnixMillis;

/// Which commit of a code repository is looked at, and where in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase")]
pub struct CodeContentsQuery {
    /// A branch, a tag, or the whole id of a commit; the repository's usual branch when absent.
    #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(max_length = 250))]
    pub reference: Option<String>,
    /// The MLproject file or its folder, from the root; the root when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(max_length = 500))]
    pub path: Option<String>,
    /// The caller's connection that opens the repository; the one that the repository names, if it is hers, when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection_id: Option<ConnectionId>,
}

/// What a code repository holds at a commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CodeContents {
    /// The commit that was looked at.
    pub commit: String,
    /// The branch that is used where none is named.
    pub default_branch: Option<String>,
    /// The branches, by name; the first 1,000.
    pub branches: Vec<String>,
    /// The tags, by name; the first 1,000.
    pub tags: Vec<String>,
    /// The latest commits that lead to this one, itself first; at most 20.
    pub commits: Vec<Commit>,
    /// What the MLproject file says; absent where there is none that can be read.
    pub project: Option<MlProject>,
    /// Why there is no `project`, and what to do; absent where there is one.
    pub problem: Option<String>,
}

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Commit {
    /// Its id.
    pub id: String,
    /// The first line of what was written about it.
    pub title: String,
    /// Who made it.
    pub author: String,
    /// When.
    pub at: UnixMillis,
}

/// What an MLproject file says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MlProject {
    /// The project's name, as the file says.
    pub name: Option<String>,
    /// The file of its environment, such as `python_env.yaml`, or the name of its image.
    pub environment: Option<String>,
    /// Its entry points, `main` first and then by name.
    pub entry_points: Vec<EntryPoint>,
}
