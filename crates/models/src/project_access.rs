//! Who may see a project, and why.

use serde::{Deserialize, Serialize};

use crate::id::{OrganizationId, UserGroupId};
use crate::page::Listed;
use crate::permission::Role;
use crate::person::User;

/// Somebody who may see a project. Everybody may see a public one; only who also has a role of her own is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProjectAccess {
    /// The person; her address is told to maintainers and owners alone.
    pub user: User,
    /// The greatest role that she has by any way: the one that counts.
    pub role: Role,
    /// Every way by which she has a role, the greatest first.
    pub ways: Vec<AccessWay>,
}

impl Listed for ProjectAccess {
    const PROPERTY: &'static str = "access";
}

/// A way by which somebody has a role in a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AccessWay {
    /// The kind of way.
    pub kind: AccessKind,
    /// The role by this way.
    pub role: Role,
    /// The group that the way leads through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<AccessGroup>,
    /// The organization that the way leads through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<AccessOrganization>,
}

/// The kinds of ways by which somebody has a role in a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum AccessKind {
    /// She owns it.
    Owner,
    /// She was given the role herself.
    Direct,
    /// A group that she belongs to was given it.
    Group,
    /// An organization that she belongs to was given it.
    Organization,
    /// An organization was given it that a group which she belongs to is in.
    GroupOfOrganization,
    /// Everybody may read it.
    Public,
    /// She administers the platform.
    Administrator,
}

/// A group, by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AccessGroup {
    /// Identifies the group.
    pub user_group_id: UserGroupId,
    /// What it is called.
    pub name: String,
}

/// An organization, by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AccessOrganization {
    /// Identifies the organization.
    pub organization_id: OrganizationId,
    /// What it is called.
    pub name: String,
}
