//! Templates of runs: what the form that starts runs holds, kept by name for oneself or for everybody in a project.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{
    CodeRepositoryId, ConnectionId, DataRepositoryId, ExperimentRepositoryId, ModelRepositoryId,
    RunTemplateId, UserId,
};
use crate::permission::{Action, Role};
use crate::person::User;
use crate::secrecy::{is_telling, public_lines};
use crate::text::TemplateName;
use crate::time::UnixMillis;

/// A run as it is typed into the form, finished or not. What is empty was not said. It has no name, because no two runs
/// should be called the same, and no secrets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct RunDraft {
    /// The code that is executed.
    pub code_repository_id: Option<CodeRepositoryId>,
    /// The branch of the code, or a tag. Without a commit it is followed.
    pub branch: String,
    /// The commit of the code.
    pub commit: String,
    /// The way to the MLproject file, or to its folder.
    pub mlflow_mlproject_file_path: String,
    /// The entry point of the MLproject.
    pub entry_point: String,
    /// The values for the entry point, as they are typed.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub mlflow_parameters: BTreeMap<String, String>,
    /// The model that is trained.
    pub model_repository_id: Option<ModelRepositoryId>,
    /// The data that are read.
    pub data_repository_id: Option<DataRepositoryId>,
    /// A named version, a branch or a commit of the data.
    pub data_version: String,
    /// The experiment that the run belongs to.
    pub experiment_repository_id: Option<ExperimentRepositoryId>,
    /// The connection of the template's owner.
    pub connection_id: Option<ConnectionId>,
    /// The account that the machine's time is charged to.
    pub compute_budget_account: String,
    /// Where and how it is executed: the backend config in YAML, with its comments.
    pub backend_config_yaml: String,
}

impl RunDraft {
    /// How long one may be as JSON, in bytes.
    pub const MAX_BYTES: usize = 32 * 1024;

    /// Why it cannot be kept, with the name of the property; `None` when it can.
    #[must_use]
    pub fn why_not(&self) -> Option<(&'static str, String)> {
        let told = |name: &str| format!("leave out the value of `{name}`: it looks like a secret");
        let telling =
            self.mlflow_parameters.iter().find(|(name, value)| is_telling(name) && !value.is_empty());
        let of_parameters = || telling.map(|(name, _)| ("mlflowParameters", told(name)));
        let of_backend = || {
            let yaml = &self.backend_config_yaml;
            let message = "leave out what looks like a secret: values of keys such as `token`";
            (public_lines(yaml) != *yaml).then(|| ("backendConfigYaml", message.to_owned()))
        };
        of_parameters().or_else(of_backend).or_else(|| self.why_not_size().map(|message| ("", message)))
    }

    fn why_not_size(&self) -> Option<String> {
        let length = serde_json::to_string(self).map_or(usize::MAX, |text| text.len());
        (length > Self::MAX_BYTES).then(|| "shorten it; this is too much to be kept".to_owned())
    }
}

/// A template of runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RunTemplate {
    /// Identifies the template.
    pub template_id: RunTemplateId,
    /// The name; whatever the case, unique among a person's own templates, or among those that a project shares.
    pub name: String,
    /// What the form holds.
    pub draft: RunDraft,
    /// Whether everybody in the project sees it, or its owner alone.
    pub is_shared: bool,
    /// Who saved it.
    pub owner: User,
    /// When it was saved first.
    pub created_at: UnixMillis,
    /// When it was changed last.
    pub updated_at: UnixMillis,
    /// Counts its changes; the `ETag` is `"v<version>"`.
    pub version: i64,
}

impl RunTemplate {
    /// How many templates a person may keep in a project, and how many a project may share.
    pub const MAX: u64 = 50;

    /// Whether a person saved it.
    #[must_use]
    pub fn is_of(&self, user: UserId) -> bool {
        self.owner.user_id == user
    }

    /// Why a person with this role may not change or delete it; `None` when she may.
    #[must_use]
    pub fn why_not_change(&self, user: UserId, role: Role) -> Option<String> {
        match (self.is_of(user), self.is_shared) {
            (true, false) => role.why_not(Action::SubmitRuns),
            (true, true) => role.why_not(Action::ShareViews),
            (false, _) => role.why_not(Action::TendViews).map(|_| {
                format!(
                    "{} shares this template; who maintains the project can change it, too. Save yours under another name.",
                    self.owner.name
                )
            }),
        }
    }

    /// Why a person with this role may not share it, or take it back; `None` when she may.
    #[must_use]
    pub fn why_not_share(&self, user: UserId, role: Role) -> Option<String> {
        let not_own = || format!("Only {} can share this template or take it back.", self.owner.name);
        role.why_not(Action::ShareViews).or_else(|| (!self.is_of(user)).then(not_own))
    }
}

/// The templates of a project that a person sees, by name: her own, and those that are shared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RunTemplates {
    /// The templates, at most twice [`RunTemplate::MAX`].
    #[cfg_attr(feature = "openapi", schema(max_items = 100))]
    pub templates: Vec<RunTemplate>,
}

impl RunTemplates {
    /// The template of this id, if she sees one.
    #[must_use]
    pub fn find(&self, id: RunTemplateId) -> Option<&RunTemplate> {
        self.templates.iter().find(|template| template.template_id == id)
    }
}

/// Saves a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewRunTemplate {
    /// The name.
    pub name: TemplateName,
    /// What the form holds.
    pub draft: RunDraft,
    /// Whether everybody in the project sees it.
    #[serde(default)]
    pub is_shared: bool,
}

/// Changes a template; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RunTemplatePatch {
    /// A new name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<TemplateName>,
    /// What the form holds now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<RunDraft>,
    /// Whether everybody in the project sees it. Only its owner can say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_shared: Option<bool>,
}
