//! People, their groups and their organizations.

use serde::{Deserialize, Serialize};

use crate::id::{OrganizationId, UserGroupId, UserId};
use crate::lenient;
use crate::page::Listed;
use crate::secret::Secret;
use crate::text::{EmailAddress, Name, UserName};
use crate::time::UnixMillis;

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// Identifies the person.
    pub user_id: UserId,
    /// What she signs in with and is called.
    pub name: String,
    /// Her e-mail address; only told to herself, to people of her projects, and to administrators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Whether she administers the platform; only told to herself and to administrators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_admin: Option<bool>,
}

impl Listed for User {
    const PROPERTY: &'static str = "users";
}

/// A person as administrators see her in their list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UserRecord {
    /// The person.
    #[serde(flatten)]
    pub user: User,
    /// Whether she may not sign in any more.
    pub is_disabled: bool,
    /// When she was added.
    pub created_at: UnixMillis,
    /// When she was last seen in a session that still lasts; missing when she has none.
    pub last_seen_at: Option<UnixMillis>,
    /// How many projects she owns.
    pub n_projects: u64,
}

impl Listed for UserRecord {
    const PROPERTY: &'static str = "users";
}

/// The answer when a person was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CreatedUser {
    /// Identifies the person.
    pub user_id: UserId,
    /// How she signs in the first time; only where she was made without a password.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<SignInLink>,
}

/// By what a person signs in once, without a password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SignInLink {
    /// The address to open in a browser.
    pub url: String,
    /// When it stops working.
    pub expires_at: UnixMillis,
}

/// Makes a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewUser {
    /// What she signs in with. The 2022 interface calls it `userName`.
    #[serde(alias = "userName", alias = "username")]
    pub name: UserName,
    /// Her e-mail address.
    pub email: EmailAddress,
    /// Her password, 12 to 256 characters. Without one she is let in by a link, and chooses one herself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(write_only))]
    pub password: Option<Secret>,
    /// Whether she administers the platform; only administrators may set it.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub is_admin: bool,
}

/// Changes a person; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UserPatch {
    /// What she signs in with.
    #[serde(default, alias = "userName", skip_serializing_if = "Option::is_none")]
    pub name: Option<UserName>,
    /// Her e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailAddress>,
    /// Whether she administers the platform; only administrators may change it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_admin: Option<bool>,
    /// A new password, set by an administrator. She herself changes it in her settings, with the old one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(write_only))]
    pub password: Option<Secret>,
}

/// Changes one's own password. All other sessions end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PasswordChange {
    /// The password until now; missing where she was let in by a link and has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(write_only))]
    pub current_password: Option<Secret>,
    /// The new one, 12 to 256 characters.
    #[cfg_attr(feature = "openapi", schema(write_only))]
    pub password: Secret,
}

/// People who get a role in a project together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UserGroup {
    /// Identifies the group.
    pub user_group_id: UserGroupId,
    /// What it is called.
    pub name: String,
    /// Who may rename it and change its members; she belongs to it.
    pub admin: User,
    /// Who belongs to it besides.
    #[serde(default)]
    pub members: Vec<User>,
    /// Counts its changes; the `ETag` is `"v<version>"`.
    pub version: i64,
}

impl Listed for UserGroup {
    const PROPERTY: &'static str = "userGroups";
}

/// Makes a group, whose admin is the caller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewUserGroup {
    /// What to call it.
    pub name: Name,
    /// Who belongs to it besides; ids, or objects with a `userId`.
    #[serde(default, deserialize_with = "lenient::ids")]
    pub members: Vec<UserId>,
}

/// The answer when a group was made. The 2022 interface calls the id `groupId`, the group's own property is
/// `userGroupId`; both are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CreatedUserGroup {
    /// Identifies the group.
    pub user_group_id: UserGroupId,
    /// The same.
    pub group_id: UserGroupId,
}

impl From<UserGroupId> for CreatedUserGroup {
    fn from(id: UserGroupId) -> Self {
        Self { user_group_id: id, group_id: id }
    }
}

/// Changes a group; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UserGroupPatch {
    /// What to call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// Who is its admin from now on; an id, or under `admin` an object with a `userId`.
    #[serde(
        default,
        alias = "admin",
        deserialize_with = "lenient::optional_id",
        skip_serializing_if = "Option::is_none"
    )]
    pub admin_id: Option<UserId>,
    /// Who belongs to it from now on, besides the admin; whoever is not listed leaves.
    #[serde(default, deserialize_with = "lenient::changed_ids", skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<UserId>>,
}

/// Groups and people under one roof, who get a role in a project together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    /// Identifies the organization.
    pub organization_id: OrganizationId,
    /// What it is called.
    pub name: String,
    /// Who may rename it and change its groups and members; she belongs to it.
    pub contact: User,
    /// Its groups; their members belong to it too.
    #[serde(default)]
    pub groups: Vec<UserGroup>,
    /// Who belongs to it without a group.
    #[serde(default)]
    pub members: Vec<User>,
    /// Counts its changes; the `ETag` is `"v<version>"`.
    pub version: i64,
}

impl Listed for Organization {
    const PROPERTY: &'static str = "organizations";
}

/// Makes an organization, whose contact is the caller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewOrganization {
    /// What to call it.
    pub name: Name,
    /// Its groups; ids, or objects with a `userGroupId`.
    #[serde(default, deserialize_with = "lenient::ids")]
    pub groups: Vec<UserGroupId>,
    /// Who belongs to it without a group; ids, or objects with a `userId`.
    #[serde(default, deserialize_with = "lenient::ids")]
    pub members: Vec<UserId>,
}

/// The answer when an organization was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CreatedOrganization {
    /// Identifies the organization.
    pub organization_id: OrganizationId,
}

/// Changes an organization; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrganizationPatch {
    /// What to call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// Who is its contact from now on; an id, or under `contact` an object with a `userId`.
    #[serde(
        default,
        alias = "contact",
        deserialize_with = "lenient::optional_id",
        skip_serializing_if = "Option::is_none"
    )]
    pub contact_id: Option<UserId>,
    /// Its groups from now on; whichever is not listed leaves.
    #[serde(default, deserialize_with = "lenient::changed_ids", skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<UserGroupId>>,
    /// Who belongs to it without a group from now on; whoever is not listed leaves.
    #[serde(default, deserialize_with = "lenient::changed_ids", skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<UserId>>,
}
