//! Projects: what holds a team's code, data, experiments, models and runs together.

use serde::{Deserialize, Serialize};

use crate::code::CodeRepository;
use crate::data::DataRepository;
use crate::document::Node;
use crate::experiment::ExperimentRepository;
use crate::id::{LabelId, OrganizationId, ProjectId, UserGroupId, UserId};
use crate::label::{self, Label, LabelReference};
use crate::model::ModelRepository;
use crate::page::Listed;
use crate::permission::Role;
use crate::person::{Organization, User, UserGroup};
use crate::run::StatusCounts;
use crate::text::{Markdown, ProjectName, Summary};
use crate::time::UnixMillis;

/// A project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Project {
    /// Identifies the project.
    pub project_id: ProjectId,
    /// Its display name.
    pub name: String,
    /// One or two sentences.
    #[serde(default)]
    pub executive_summary: String,
    /// Everything else, in Markdown.
    #[serde(default)]
    pub detailed_description: String,
    /// The description as a tree; only where a single project is asked for.
    #[serde(default)]
    pub description_document: Vec<Node>,
    /// Who owns it.
    pub owner: User,
    /// The people who were given a role, without the owner.
    #[serde(default)]
    pub members: Vec<Member>,
    /// The groups that were given a role.
    #[serde(default)]
    pub user_groups: Vec<GroupMember>,
    /// The organizations that were given a role.
    #[serde(default)]
    pub organizations: Vec<OrganizationMember>,
    /// Its code; only where a single project is asked for.
    #[serde(default)]
    pub code_repositories: Vec<CodeRepository>,
    /// Its experiments; only where a single project is asked for.
    #[serde(default)]
    pub experiment_repositories: Vec<ExperimentRepository>,
    /// Its data; only where a single project is asked for.
    #[serde(default)]
    pub data_repositories: Vec<DataRepository>,
    /// Its model definitions; only where a single project is asked for.
    #[serde(default)]
    pub model_repositories: Vec<ModelRepository>,
    /// Its labels.
    #[serde(default)]
    pub labels: Vec<Label>,
    /// Whether everybody may read it.
    pub public: bool,
    /// What the caller may do in it.
    pub current_user_role: Role,
    /// How many runs it has, by status.
    #[serde(default)]
    pub run_counts: StatusCounts,
    /// When it was made.
    pub created_at: UnixMillis,
    /// When it was changed last.
    pub updated_at: UnixMillis,
    /// Counts its changes; the `ETag` of the project is `"v<version>"`.
    pub version: i64,
}

impl Listed for Project {
    const PROPERTY: &'static str = "projects";
}

/// A person with a role in a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Member {
    /// The person.
    pub user: User,
    /// The role.
    pub role: Role,
    /// Whether the role may edit, as the 2022 interface said it.
    pub allowed_to_edit: bool,
}

/// A group with a role in a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct GroupMember {
    /// The group.
    pub user_group: UserGroup,
    /// The role of each of its members.
    pub role: Role,
    /// Whether the role may edit, as the 2022 interface said it.
    pub allowed_to_edit: bool,
}

/// An organization with a role in a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrganizationMember {
    /// The organization.
    pub organization: Organization,
    /// The role of each of its members.
    pub role: Role,
    /// Whether the role may edit, as the 2022 interface said it.
    pub allowed_to_edit: bool,
}

/// Who was given a role in a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProjectMembers {
    /// Who owns it.
    pub owner: User,
    /// The people who were given a role, without the owner.
    pub members: Vec<Member>,
    /// The groups that were given a role.
    pub user_groups: Vec<GroupMember>,
    /// The organizations that were given a role.
    pub organizations: Vec<OrganizationMember>,
}

/// Gives a role. The 2022 interface says `allowedToEdit` instead, which counts where `role` is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RoleGrant {
    /// The role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Whether to give the role of a researcher, or else that of a reporter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed_to_edit: Option<bool>,
}

impl RoleGrant {
    /// The role that is meant; `None` when neither field says.
    #[must_use]
    pub fn meant(self) -> Option<Role> {
        self.role.or(self.allowed_to_edit.map(Role::from_allowed_to_edit))
    }
}

/// Hands a project over. Who owned it until then keeps the role of a maintainer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewOwner {
    /// Who owns it from now on.
    pub user_id: UserId,
}

/// Asks for a new project, owned by the caller. Further fields, which the 2022 interface sent, are passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewProject {
    /// Its display name.
    pub name: ProjectName,
    /// One or two sentences.
    #[serde(default = "Summary::empty")]
    pub executive_summary: Summary,
    /// Everything else, in Markdown.
    #[serde(default = "Markdown::empty")]
    pub detailed_description: Markdown,
    /// Whether everybody may read it.
    #[serde(default)]
    pub public: bool,
    /// Its labels.
    #[serde(default, deserialize_with = "label::references", skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<LabelReference>,
}

/// Changes a project; what is missing stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProjectPatch {
    /// A new display name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<ProjectName>,
    /// A new summary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub executive_summary: Option<Summary>,
    /// A new description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detailed_description: Option<Markdown>,
    /// Whether everybody may read it; needs the role of an owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public: Option<bool>,
    /// Its labels from now on.
    #[serde(
        default,
        deserialize_with = "label::changed_references",
        skip_serializing_if = "Option::is_none"
    )]
    pub labels: Option<Vec<LabelReference>>,
}

/// Which projects are wanted, in the query of a URL.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase")]
pub struct ProjectSearch {
    /// A text that the name, the summary or the description contains, whatever the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(max_length = 250))]
    pub search_string: Option<String>,
    /// Only projects of this owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner_id: Option<UserId>,
    /// Only projects in which this person has a role, directly or through a group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member_id: Option<UserId>,
    /// Only projects in which this group has a role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_id: Option<UserGroupId>,
    /// Only projects in which this organization has a role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<OrganizationId>,
    /// Only projects with this label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label_id: Option<LabelId>,
    /// Only projects with all these labels. They are no flat part of a query: the server reads them beside it.
    #[serde(skip)]
    #[cfg_attr(feature = "openapi", param(ignore))]
    pub labels: Vec<LabelReference>,
    /// Only the caller's own, only those that others share with her, or only public ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<ProjectRelation>,
}

/// How a project relates to the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum ProjectRelation {
    /// She owns it.
    Mine,
    /// She has a role in it but does not own it.
    Shared,
    /// Everybody may read it.
    Public,
}

/// How many runs of a project began, day by day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Activity {
    /// The days, oldest first, without gaps; each begins at midnight UTC.
    pub days: Vec<ActivityDay>,
}

/// The runs of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ActivityDay {
    /// Midnight UTC.
    pub start: UnixMillis,
    /// The runs that began on that day, by their status now.
    pub runs: StatusCounts,
}
