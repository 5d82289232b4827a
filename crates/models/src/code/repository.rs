//! Code repositories of a project.

use serde::{Deserialize, Serialize};

use crate::document::Node;
use crate::id::{CodeRepositoryId, ConnectionId};
use crate::label::{self, Label, LabelReference};
use crate::lenient;
use crate::macros::open_enum;
use crate::page::Listed;
use crate::problem::FieldErrors;
use crate::secret::Secret;
use crate::text::{Markdown, Name, Uri};
use crate::time::UnixMillis;
use crate::usage::UsageSummary;

open_enum! {
    /// Where a git repository is hosted. The `mantik` client sends a token as GitLab wants it for `GitLab`, and as
    /// GitHub wants it for anything else.
    Platform {
        /// GitHub.
        GitHub = "GitHub",
        /// GitLab, on any host.
        GitLab = "GitLab",
        /// Bitbucket.
        Bitbucket = "Bitbucket",
    }
}

impl Platform {
    /// The platform that the host of `uri` suggests; GitHub when it suggests none.
    #[must_use]
    pub fn suggested_by(uri: &str) -> Self {
        let rest = uri.split_once("://").map_or(uri, |(_, rest)| rest);
        let host = rest.split(['/', ':']).next().unwrap_or_default().to_ascii_lowercase();
        if host.contains("gitlab") {
            Self::GitLab
        } else if host.contains("bitbucket") {
            Self::Bitbucket
        } else {
            Self::GitHub
        }
    }
}

/// A git repository that holds code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CodeRepository {
    /// Identifies the repository.
    pub code_repository_id: CodeRepositoryId,
    /// What it is called.
    pub code_repository_name: String,
    /// Where it lies; `https://…` where it needs a connection.
    pub uri: String,
    /// Where it is hosted.
    pub platform: Platform,
    /// The connection that opens it; `null` for a public repository. Whoever uses the repository needs a connection of
    /// her own: sharing a project shares no credentials.
    pub connection_id: Option<ConnectionId>,
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

impl Listed for CodeRepository {
    const PROPERTY: &'static str = "codeRepositories";
}

/// Adds a code repository to a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewCodeRepository {
    /// What to call it.
    pub code_repository_name: Name,
    /// Where it lies.
    pub uri: Uri,
    /// Where it is hosted; as the host of `uri` suggests when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<Platform>,
    /// The caller's connection that opens it.
    #[serde(default, deserialize_with = "lenient::optional_id", skip_serializing_if = "Option::is_none")]
    pub connection_id: Option<ConnectionId>,
    /// A token that opens it, as the 2022 interface sends it. It is kept as a new connection of the caller; name a
    /// connection instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(write_only))]
    pub access_token: Option<Secret>,
    /// What it holds, in Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Markdown>,
    /// Its labels.
    #[serde(default, deserialize_with = "label::references", skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<LabelReference>,
}

impl NewCodeRepository {
    /// Where it is hosted: as said, or as its address suggests.
    #[must_use]
    pub fn platform(&self) -> Platform {
        self.platform.clone().unwrap_or_else(|| Platform::suggested_by(self.uri.as_str()))
    }

    /// Whether its credentials can be used at its address.
    ///
    /// # Errors
    /// What is wrong with `uri`, `connectionId` and `accessToken`.
    pub fn check(&self) -> Result<(), FieldErrors> {
        check_credentials(self.uri.as_str(), self.connection_id.is_some(), self.access_token.is_some())
    }
}

/// Refuses credentials for an address that they cannot be put into, and two credentials at once.
pub(crate) fn check_credentials(uri: &str, connection: bool, access_token: bool) -> Result<(), FieldErrors> {
    if connection && access_token {
        return Err(FieldErrors::at("accessToken", "leave this out; the connection has the token"));
    }
    if (connection || access_token) && !uri.starts_with("https://") {
        return Err(FieldErrors::at("uri", "use an address with https://; a connection works with no other"));
    }
    Ok(())
}

/// Changes a code repository; what is absent stays, and `null` removes where there can be nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CodeRepositoryPatch {
    /// What to call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_repository_name: Option<Name>,
    /// Where it lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uri: Option<Uri>,
    /// Where it is hosted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<Platform>,
    /// The caller's connection that opens it; `null` for a public repository.
    #[serde(default, deserialize_with = "lenient::changed_id", skip_serializing_if = "Option::is_none")]
    pub connection_id: Option<Option<ConnectionId>>,
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

impl CodeRepositoryPatch {
    /// Whether the repository that this makes of `current` can use its connection.
    ///
    /// # Errors
    /// What is wrong with `uri`.
    pub fn check(&self, current: &CodeRepository) -> Result<(), FieldErrors> {
        let uri = self.uri.as_ref().map_or(current.uri.as_str(), Uri::as_str);
        check_credentials(uri, self.connection_id.unwrap_or(current.connection_id).is_some(), false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_suggests_the_platform() {
        for (uri, expected) in [
            ("https://gitlab.example.org/weather/code", Platform::GitLab),
            ("https://bitbucket.org/weather/code", Platform::Bitbucket),
            ("https://github.com/gitlab/code", Platform::GitHub),
            ("git.example.org/code", Platform::GitHub),
        ] {
            assert_eq!(Platform::suggested_by(uri), expected, "{uri}");
        }
    }

    #[test]
    fn credentials_need_https_and_one_source() {
        check("git@example.org:code", (true, false), Some("uri"));
        check("http://example.org/code", (false, true), Some("uri"));
        check("https://example.org/code", (true, true), Some("accessToken"));
        check("https://example.org/code", (true, false), None);
        check("git@example.org:code", (false, false), None);
    }

    #[track_caller]
    fn check(uri: &str, (connection, token): (bool, bool), refused: Option<&str>) {
        let errors = check_credentials(uri, connection, token).err().unwrap_or_default();
        assert_eq!(errors.iter().map(|(field, _)| field).next(), refused);
    }
}
