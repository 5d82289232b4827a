//! Who has a role in a project.

use models::id::{OrganizationId, ProjectId, UserGroupId, UserId};
use models::page::{Page, PageQuery};
use models::paths;
use models::permission::Role;
use models::project::{NewOwner, RoleGrant};
use models::project_access::ProjectAccess;

use super::ApiError;
use super::http::{self, Query};

/// Who can be given a role in a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Grantee {
    /// A person.
    Person(UserId),
    /// Each member of a group.
    Group(UserGroupId),
    /// Each member of an organization.
    Organization(OrganizationId),
}

impl Grantee {
    fn path(self, project: ProjectId) -> String {
        match self {
            Self::Person(user) => paths::project_member(project, user),
            Self::Group(group) => paths::project_group(project, group),
            Self::Organization(organization) => paths::project_organization(project, organization),
        }
    }
}

/// A role to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// Where.
    pub project: ProjectId,
    /// To whom.
    pub grantee: Grantee,
    /// The role that she is known to have, if any.
    pub before: Option<Role>,
    /// The role that she gets.
    pub role: Role,
}

/// `PUT /api/projects/{project}/members/{user}`, and alike for groups and organizations.
///
/// # Errors
/// [`ApiError::Stale`] when she has another role by now; [`ApiError::Conflict`] when the person would not be an owner any
/// more.
pub(crate) async fn grant(grant: Grant) -> Result<(), ApiError> {
    let path = grant.grantee.path(grant.project);
    let body = RoleGrant { role: Some(grant.role), allowed_to_edit: None };
    match grant.before {
        Some(before) => http::change(&path, before.version(), &body).await,
        None => http::put_new(&path, &body).await,
    }
}

/// `DELETE /api/projects/{project}/members/{user}`, and alike for groups and organizations.
///
/// # Errors
/// [`ApiError::Conflict`] when the person would not be an owner any more.
pub(crate) async fn revoke((project, grantee): (ProjectId, Grantee)) -> Result<(), ApiError> {
    http::delete(&grantee.path(project), None).await
}

/// `PUT /api/projects/{project}/owner`. Who owned it until then keeps the role of a maintainer.
///
/// # Errors
/// [`ApiError::Conflict`] for a personal project.
pub(crate) async fn hand_over((project, user_id): (ProjectId, UserId)) -> Result<(), ApiError> {
    http::change(&paths::project_owner(project), None, &NewOwner { user_id }).await
}

/// `GET /api/projects/{project}/access`: who may see it, by name.
///
/// # Errors
/// [`ApiError::Forbidden`] for guests.
pub(crate) async fn access((project, page): (ProjectId, PageQuery)) -> Result<Page<ProjectAccess>, ApiError> {
    http::get(&paths::project_access(project), &Query::none().with(&page)).await
}
