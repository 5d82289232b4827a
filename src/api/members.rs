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

/// `PUT /api/projects/{project}/members/{user}`, and alike for groups and organizations.
///
/// # Errors
/// [`ApiError::Conflict`] when the person would not be an owner any more.
pub(crate) async fn grant((project, grantee, role): (ProjectId, Grantee, Role)) -> Result<(), ApiError> {
    let grant = RoleGrant { role: Some(role), allowed_to_edit: None };
    http::change(&grantee.path(project), None, &grant).await
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
