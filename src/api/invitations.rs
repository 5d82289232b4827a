//! Invitations: those to something, and those that wait for a person.

use models::id::{InvitationId, OrganizationId, ProjectId, UserGroupId, UserId};
use models::invitation::{Invitation, NewInvitation};
use models::page::{Page, PageQuery};
use models::paths;
use models::team::TeamKind;
use serde::de::IgnoredAny;
use uuid::Uuid;

use super::ApiError;
use super::http::{self, Query};

/// To what people are invited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InvitedTo {
    /// To have a role in a project.
    Project(ProjectId),
    /// To belong to a group or an organization.
    Team(TeamKind, Uuid),
}

impl InvitedTo {
    fn path(self) -> String {
        match self {
            Self::Project(project) => paths::project_invitations(project),
            Self::Team(TeamKind::Groups, id) => paths::group_invitations(UserGroupId(id)),
            Self::Team(TeamKind::Organizations, id) => paths::organization_invitations(OrganizationId(id)),
        }
    }

    fn item_path(self, invitation: InvitationId) -> String {
        match self {
            Self::Project(project) => paths::project_invitation(project, invitation),
            Self::Team(TeamKind::Groups, id) => paths::group_invitation(UserGroupId(id), invitation),
            Self::Team(TeamKind::Organizations, id) => {
                paths::organization_invitation(OrganizationId(id), invitation)
            }
        }
    }
}

/// How an invitation is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// The person takes what it promises.
    Accept,
    /// She does not.
    Reject,
}

/// `GET /api/projects/{project}/invitations`, and alike of groups and organizations: those that wait, newest first.
///
/// # Errors
/// [`ApiError::Forbidden`] for who may not invite.
pub(crate) async fn list((to, page): (InvitedTo, PageQuery)) -> Result<Page<Invitation>, ApiError> {
    http::get(&to.path(), &Query::none().with(&page)).await
}

/// `POST /api/projects/{project}/invitations`, and alike of groups and organizations.
///
/// # Errors
/// [`ApiError::Invalid`] when there is nobody of that name; [`ApiError::Conflict`] when she was invited already.
pub(crate) async fn invite((to, new): (InvitedTo, NewInvitation)) -> Result<Invitation, ApiError> {
    http::create(&to.path(), &new).await
}

/// `DELETE /api/projects/{project}/invitations/{invitation}`, and alike of groups and organizations.
///
/// # Errors
/// [`ApiError::NotFound`] when it was answered or withdrawn.
pub(crate) async fn withdraw((to, invitation): (InvitedTo, InvitationId)) -> Result<(), ApiError> {
    http::delete(&to.item_path(invitation), None).await
}

/// `GET /api/users/{user}/invitations`: those that wait for her answer, newest first.
///
/// # Errors
/// As the server answers.
pub(crate) async fn waiting((user, page): (UserId, PageQuery)) -> Result<Page<Invitation>, ApiError> {
    http::get(&paths::user_invitations(user), &Query::none().with(&page)).await
}

/// `POST /api/users/{user}/invitations/{invitation}/accept` or `…/reject`.
///
/// # Errors
/// [`ApiError::NotFound`] when it was withdrawn or has run out.
pub(crate) async fn reply((user, invitation, reply): (UserId, InvitationId, Reply)) -> Result<(), ApiError> {
    let path = match reply {
        Reply::Accept => paths::user_invitation_accept(user, invitation),
        Reply::Reject => paths::user_invitation_reject(user, invitation),
    };
    http::post(&path, &()).await.map(|_: IgnoredAny| ())
}
