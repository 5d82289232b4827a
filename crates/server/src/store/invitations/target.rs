//! To what somebody can be invited.

use models::event::{Event, EventTopic};
use models::id::{ProjectId, UserId};
use models::permission::Action;
use uuid::Uuid;

use crate::store::teams::require_lead;
use crate::store::{Connection, Sql, StoreError, Team, access, grants};

/// To what somebody can be invited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvitedTo {
    /// To belong to a group or an organization.
    Team(Team),
    /// To have a role in a project.
    Project(ProjectId),
}

impl InvitedTo {
    /// The column of the invitations that names it.
    pub(super) fn column(self) -> &'static str {
        match self {
            Self::Team(team) => team.names().id,
            Self::Project(_) => "project_id",
        }
    }

    /// The id of the group, the organization or the project.
    #[must_use]
    pub fn id(self) -> Uuid {
        match self {
            Self::Team(team) => team.id(),
            Self::Project(id) => id.0,
        }
    }

    pub(super) fn project(self) -> Option<ProjectId> {
        if let Self::Project(id) = self { Some(id) } else { None }
    }

    /// Refuses who may not invite to it any more.
    pub(super) async fn require(self, connection: &mut Connection, by: UserId) -> Result<(), StoreError> {
        match self {
            Self::Team(team) => require_lead(connection, team, by).await,
            Self::Project(id) => access::require(connection, id, by, Action::ManageMembers).await,
        }
    }
}

/// Has the person hear that her invitations have changed, and those who look at the project that its have.
pub(super) async fn tell(
    connection: &mut Connection,
    user_id: Option<UserId>,
    project_id: Option<ProjectId>,
) -> Result<(), StoreError> {
    if let Some(project_id) = project_id {
        grants::publish(connection, project_id);
    }
    let Some(user_id) = user_id else { return Ok(()) };
    let sql = Sql::new("SELECT personal_project_id FROM users WHERE user_id = $1").with(user_id);
    let personal: Option<ProjectId> = connection.fetch_one(sql).await?.get("personal_project_id")?;
    if let Some(project_id) = personal {
        connection.publish(Event { project_id, topic: EventTopic::Invitations, run_id: None });
    }
    Ok(())
}
