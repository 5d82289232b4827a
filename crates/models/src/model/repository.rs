//! Definitions of models that are yet to be trained: code at a commit.

use serde::{Deserialize, Serialize};

use crate::code::CodeRepository;
use crate::document::Node;
use crate::id::{CodeRepositoryId, ModelRepositoryId};
use crate::label::{self, Label, LabelReference};
use crate::lenient::{self, JsonObject, reshaped};
use crate::page::Listed;
use crate::text::{GitReference, Markdown, Name, Uri};
use crate::time::UnixMillis;
use crate::usage::UsageSummary;

/// The definition of a model: where its code lies and at which commit. Any number of models can be trained from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ModelRepository {
    /// Identifies the definition.
    pub model_repository_id: ModelRepositoryId,
    /// What it is called.
    pub name: String,
    /// Where its code can be read, such as the page of the commit.
    pub uri: Option<String>,
    /// The code repository that defines it, without secrets.
    pub git: Option<CodeRepository>,
    /// The id of `git`.
    pub code_repository_id: Option<CodeRepositoryId>,
    /// The branch of the code.
    pub branch: Option<String>,
    /// The commit of the code; decides where a branch is named too.
    pub commit: Option<String>,
    /// What it is for, in Markdown.
    #[serde(default)]
    pub description: String,
    /// The description as a tree; only where a single definition is asked for.
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

impl Listed for ModelRepository {
    const PROPERTY: &'static str = "modelRepositories";
}

/// Adds the definition of a model to a project. The 2022 interface sends a list of them, and the code repository as an
/// object under `git`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(remote = "Self", rename_all = "camelCase")]
pub struct NewModelRepository {
    /// What to call it; when absent, the commit or the last part of `uri`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// Where its code can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uri: Option<Uri>,
    /// The code repository that defines it; one of the same project.
    #[serde(default, deserialize_with = "lenient::optional_id", skip_serializing_if = "Option::is_none")]
    pub code_repository_id: Option<CodeRepositoryId>,
    /// The branch of the code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<GitReference>,
    /// The commit of the code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<GitReference>,
    /// What it is for, in Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Markdown>,
    /// Its labels.
    #[serde(default, deserialize_with = "label::references", skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<LabelReference>,
}

reshaped!(NewModelRepository, git_is_the_code_repository);

impl NewModelRepository {
    /// Its name: as said, or else the commit, or else the last part of the address. `None` when none of them is given.
    #[must_use]
    pub fn name(&self) -> Option<Name> {
        let last_part = |uri: &Uri| uri.as_str().trim_end_matches('/').rsplit('/').next().map(str::to_owned);
        let derived =
            || self.commit.as_ref().map(GitReference::to_string).or(self.uri.as_ref().and_then(last_part));
        self.name.clone().or_else(|| derived()?.parse().ok())
    }
}

fn git_is_the_code_repository(fields: &mut JsonObject) {
    lenient::rename(fields, "git", "codeRepositoryId");
}

/// The answer when definitions of models were made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CreatedModelRepositories {
    /// Identifies the first.
    pub model_repository_id: ModelRepositoryId,
    /// Identifies each, in the order of the request.
    pub model_repository_ids: Vec<ModelRepositoryId>,
}

/// Changes the definition of a model; what is absent stays, and `null` removes where there can be nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(remote = "Self", rename_all = "camelCase")]
pub struct ModelRepositoryPatch {
    /// What to call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// Where its code can be read.
    #[serde(default, deserialize_with = "lenient::changed", skip_serializing_if = "Option::is_none")]
    pub uri: Option<Option<Uri>>,
    /// The code repository that defines it.
    #[serde(default, deserialize_with = "lenient::changed_id", skip_serializing_if = "Option::is_none")]
    pub code_repository_id: Option<Option<CodeRepositoryId>>,
    /// The branch of the code.
    #[serde(default, deserialize_with = "lenient::changed", skip_serializing_if = "Option::is_none")]
    pub branch: Option<Option<GitReference>>,
    /// The commit of the code.
    #[serde(default, deserialize_with = "lenient::changed", skip_serializing_if = "Option::is_none")]
    pub commit: Option<Option<GitReference>>,
    /// What it is for, in Markdown.
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

reshaped!(ModelRepositoryPatch, git_is_the_code_repository);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_without_a_name_takes_one_from_its_commit_or_address() {
        let definition = NewModelRepository {
            commit: Some("4f5c6d7".parse().unwrap()),
            uri: Some("https://example.org/weather/net/".parse().unwrap()),
            ..NewModelRepository::default()
        };
        check(NewModelRepository { name: Some("Net".parse().unwrap()), ..definition.clone() }, Some("Net"));
        check(definition.clone(), Some("4f5c6d7"));
        check(NewModelRepository { commit: None, ..definition }, Some("net"));
        check(NewModelRepository::default(), None);
    }

    #[track_caller]
    fn check(definition: NewModelRepository, expected: Option<&str>) {
        assert_eq!(definition.name().as_ref().map(Name::as_str), expected);
    }
}
