//! Invitations: to belong to a group or an organization, or to have a role in a project.

use serde::{Deserialize, Serialize};

use crate::id::{InvitationId, OrganizationId, ProjectId, UserGroupId, UserId};
use crate::lenient;
use crate::page::Listed;
use crate::permission::Role;
use crate::person::User;
use crate::problem::FieldErrors;
use crate::project::RoleGrant;
use crate::text::{EmailAddress, UserName};
use crate::time::UnixMillis;

/// An invitation that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Invitation {
    /// Identifies the invitation.
    pub invitation_id: InvitationId,
    /// To what.
    pub to: InvitationTarget,
    /// Who is invited; `null` when she was named by an address, whether or not it is somebody's.
    pub user: Option<User>,
    /// The address by which she was named; `null` when she was named otherwise.
    pub email: Option<String>,
    /// Who invites.
    pub invited_by: User,
    /// When the invitation was made.
    pub created_at: UnixMillis,
    /// Until when it can be accepted.
    pub expires_at: UnixMillis,
}

impl Listed for Invitation {
    const PROPERTY: &'static str = "invitations";
}

/// To what somebody is invited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum InvitationTarget {
    /// To belong to a group.
    Group {
        /// Identifies the group.
        user_group_id: UserGroupId,
        /// What it is called.
        name: String,
    },
    /// To belong to an organization.
    Organization {
        /// Identifies the organization.
        organization_id: OrganizationId,
        /// What it is called.
        name: String,
    },
    /// To have a role in a project.
    Project {
        /// Identifies the project.
        project_id: ProjectId,
        /// What it is called.
        name: String,
        /// The role.
        role: Role,
    },
}

/// Invites somebody, who is named in one way: by id, by name or by e-mail address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewInvitation {
    /// Her id.
    #[serde(
        default,
        alias = "user",
        deserialize_with = "lenient::optional_id",
        skip_serializing_if = "Option::is_none"
    )]
    pub user_id: Option<UserId>,
    /// Her name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<UserName>,
    /// Her address. The answer is the same whether it is somebody's or not; an account made for it later finds the
    /// invitation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailAddress>,
    /// The role, of invitations to a project alone.
    #[serde(flatten)]
    pub grant: RoleGrant,
}

impl NewInvitation {
    /// How long an invitation can be accepted, in days.
    pub const DAYS: i64 = 14;

    /// Whether exactly one way is used to name who is invited.
    ///
    /// # Errors
    /// When none is, or more than one.
    pub fn check(&self) -> Result<(), FieldErrors> {
        let ways = [self.user_id.is_some(), self.name.is_some(), self.email.is_some()];
        match ways.into_iter().filter(|used| *used).count() {
            1 => Ok(()),
            0 => Err(FieldErrors::at("name", "say whom to invite: by name, e-mail address or id")),
            _ => Err(FieldErrors::at("name", "name one person, and in one way alone")),
        }
    }
}
