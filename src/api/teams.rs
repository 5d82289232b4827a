//! Groups and organizations.

use std::collections::HashSet;

use models::id::{OrganizationId, UserGroupId, UserId};
use models::page::{Page, PageQuery};
use models::person::{
    CreatedOrganization, CreatedUserGroup, NewOrganization, NewUserGroup, Organization, OrganizationPatch,
    User, UserGroup, UserGroupPatch,
};
use models::team::TeamKind;
use models::text::Name;
use serde::de::IgnoredAny;
use uuid::Uuid;

use super::ApiError;
use super::http::{self, Query};

/// A group or an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Which of both it is.
    pub kind: TeamKind,
    /// Identifies it among its kind.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Who may change it; she belongs to it.
    pub lead: User,
    /// Who belongs to it besides, without the members of its groups.
    pub members: Vec<User>,
    /// The groups of an organization.
    pub groups: Vec<UserGroup>,
    /// Counts its changes.
    pub version: i64,
}

impl Team {
    /// How many people belong to it, each counted once.
    #[must_use]
    pub fn n_people(&self) -> usize {
        let of_groups = self.groups.iter().flat_map(|group| group.members.iter().chain([&group.admin]));
        let people = self.members.iter().chain([&self.lead]).chain(of_groups);
        people.map(|person| person.user_id).collect::<HashSet<_>>().len()
    }
}

impl From<UserGroup> for Team {
    fn from(group: UserGroup) -> Self {
        let members = without(group.members, &group.admin);
        Self {
            kind: TeamKind::Groups,
            id: group.user_group_id.0,
            name: group.name,
            lead: group.admin,
            members,
            groups: Vec::new(),
            version: group.version,
        }
    }
}

impl From<Organization> for Team {
    fn from(organization: Organization) -> Self {
        let members = without(organization.members, &organization.contact);
        Self {
            kind: TeamKind::Organizations,
            id: organization.organization_id.0,
            name: organization.name,
            lead: organization.contact,
            members,
            groups: organization.groups,
            version: organization.version,
        }
    }
}

fn without(mut members: Vec<User>, lead: &User) -> Vec<User> {
    members.retain(|member| member.user_id != lead.user_id);
    members
}

/// Changes a group or an organization; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TeamPatch {
    /// What to call it.
    pub name: Option<Name>,
    /// Who may change it from now on.
    pub lead: Option<UserId>,
    /// Who belongs to it besides, from now on.
    pub members: Option<Vec<UserId>>,
    /// Its groups from now on; of an organization alone.
    pub groups: Option<Vec<UserGroupId>>,
}

/// `GET /api/groups` or `/api/organizations`: those that the person belongs to.
///
/// # Errors
/// As the server answers.
pub(crate) async fn list((kind, page): (TeamKind, PageQuery)) -> Result<Page<Team>, ApiError> {
    let (path, query) = (kind.path(), Query::none().with(&page));
    match kind {
        TeamKind::Groups => http::get(&path, &query).await.map(|page: Page<UserGroup>| page.map(Team::from)),
        TeamKind::Organizations => {
            http::get(&path, &query).await.map(|page: Page<Organization>| page.map(Team::from))
        }
    }
}

/// `GET /api/groups/{group}` or `/api/organizations/{organization}`.
///
/// # Errors
/// [`ApiError::NotFound`] when there is none, or the person does not belong to it.
pub(crate) async fn get((kind, id): (TeamKind, Uuid)) -> Result<Team, ApiError> {
    let (path, query) = (kind.item_path(id), Query::none());
    match kind {
        TeamKind::Groups => http::get(&path, &query).await.map(|group: UserGroup| group.into()),
        TeamKind::Organizations => {
            http::get(&path, &query).await.map(|organization: Organization| organization.into())
        }
    }
}

/// `POST /api/groups` or `/api/organizations`; the person leads it.
///
/// # Errors
/// [`ApiError::Conflict`] when the name is taken.
pub(crate) async fn create((kind, name): (TeamKind, Name)) -> Result<Uuid, ApiError> {
    match kind {
        TeamKind::Groups => {
            let new = NewUserGroup { name, members: Vec::new() };
            http::create(&kind.path(), &new).await.map(|made: CreatedUserGroup| made.user_group_id.0)
        }
        TeamKind::Organizations => {
            let new = NewOrganization { name, groups: Vec::new(), members: Vec::new() };
            http::create(&kind.path(), &new).await.map(|made: CreatedOrganization| made.organization_id.0)
        }
    }
}

/// `PUT /api/groups/{group}` or `/api/organizations/{organization}`, of the version that was seen.
///
/// # Errors
/// [`ApiError::Stale`] when somebody else changed it; [`ApiError::Conflict`] when the name is taken.
pub(crate) async fn change(
    (kind, id, version, patch): (TeamKind, Uuid, i64, TeamPatch),
) -> Result<(), ApiError> {
    let TeamPatch { name, lead, members, groups } = patch;
    let path = kind.item_path(id);
    match kind {
        TeamKind::Groups => {
            http::change(&path, version, &UserGroupPatch { name, admin_id: lead, members }).await
        }
        TeamKind::Organizations => {
            http::change(&path, version, &OrganizationPatch { name, contact_id: lead, groups, members }).await
        }
    }
}

/// `DELETE /api/groups/{group}` or `/api/organizations/{organization}`, of the version that was seen.
///
/// # Errors
/// [`ApiError::Stale`] when somebody else changed it.
pub(crate) async fn delete((kind, id, version): (TeamKind, Uuid, i64)) -> Result<(), ApiError> {
    http::delete(&kind.item_path(id), Some(version)).await
}

/// `POST /api/groups/{group}/leave` or `/api/organizations/{organization}/leave`.
///
/// # Errors
/// [`ApiError::Conflict`] when the person leads it.
pub(crate) async fn leave((kind, id): (TeamKind, Uuid)) -> Result<(), ApiError> {
    let path = match kind {
        TeamKind::Groups => models::paths::group_leave(UserGroupId(id)),
        TeamKind::Organizations => models::paths::organization_leave(OrganizationId(id)),
    };
    http::post(&path, &()).await.map(|_: IgnoredAny| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str) -> User {
        let user_id = UserId(Uuid::from_u128(name.len() as u128));
        User { user_id, name: name.to_owned(), email: None, is_admin: None }
    }

    #[test]
    fn who_belongs_to_an_organization_in_two_ways_is_counted_once() {
        let group = UserGroup {
            user_group_id: UserGroupId(Uuid::nil()),
            name: "group".to_owned(),
            admin: person("a"),
            members: vec![person("bb")],
            version: 1,
        };
        let organization = Organization {
            organization_id: OrganizationId(Uuid::nil()),
            name: "organization".to_owned(),
            contact: person("a"),
            groups: vec![group],
            members: vec![person("a"), person("bb"), person("ccc")],
            version: 1,
        };
        let team = Team::from(organization);
        assert_eq!(team.n_people(), 3);
        assert_eq!(team.members, [person("bb"), person("ccc")]);
    }
}
