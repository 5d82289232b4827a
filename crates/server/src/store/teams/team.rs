//! What groups and organizations have in common, and the names in which they differ.

use models::id::{OrganizationId, UserGroupId};
use uuid::Uuid;

/// A group or an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Team {
    /// A group, led by its admin.
    Group(UserGroupId),
    /// An organization, led by its contact.
    Organization(OrganizationId),
}

/// The names in which the two kinds differ.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::store) struct Names {
    /// What people call it.
    pub(in crate::store) noun: &'static str,
    /// Its table.
    pub(in crate::store) table: &'static str,
    /// The column of its id, here and in all other tables.
    pub(in crate::store) id: &'static str,
    /// The column of who leads it.
    pub(in crate::store) lead: &'static str,
    /// The field by which it is handed over.
    pub(in crate::store) lead_field: &'static str,
    /// The table of the people in it.
    pub(in crate::store) members: &'static str,
    /// The table of its roles in projects.
    pub(in crate::store) roles: &'static str,
}

pub(in crate::store) const GROUP: &Names = &Names {
    noun: "group",
    table: "user_groups",
    id: "user_group_id",
    lead: "admin_id",
    lead_field: "adminId",
    members: "user_group_members",
    roles: "project_groups",
};

pub(in crate::store) const ORGANIZATION: &Names = &Names {
    noun: "organization",
    table: "organizations",
    id: "organization_id",
    lead: "contact_id",
    lead_field: "contactId",
    members: "organization_members",
    roles: "project_organizations",
};

impl Team {
    pub(in crate::store) fn names(self) -> &'static Names {
        match self {
            Self::Group(_) => GROUP,
            Self::Organization(_) => ORGANIZATION,
        }
    }

    pub(in crate::store) fn id(self) -> Uuid {
        match self {
            Self::Group(id) => id.0,
            Self::Organization(id) => id.0,
        }
    }
}
