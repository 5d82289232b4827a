//! What becomes of invitations: accepted, rejected, withdrawn.

use models::id::{InvitationId, OrganizationId, ProjectId, UserGroupId, UserId};
use models::permission::Role;

use super::read::role;
use super::target::{InvitedTo, tell};
use crate::clock;
use crate::store::teams::{add_members, publish_projects};
use crate::store::{Before, Connection, Grantee, Row, Sql, Store, StoreError, Team, access, grants};

impl Store {
    /// Accepts an invitation: the person gets what it promises, at once with its end.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when she has no such invitation, or it has run out.
    pub async fn accept_invitation(&self, user_id: UserId, id: InvitationId) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let row = use_up(connection, id, user_id).await?;
                join(connection, &row, user_id).await?;
                tell(connection, Some(user_id), row.get("project_id")?).await
            })
        })
        .await
    }

    /// Rejects an invitation.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when she has no such invitation, or it has run out.
    pub async fn reject_invitation(&self, user_id: UserId, id: InvitationId) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let row = use_up(connection, id, user_id).await?;
                tell(connection, Some(user_id), row.get("project_id")?).await
            })
        })
        .await
    }

    /// Takes an invitation back.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none any more.
    pub async fn withdraw_invitation(
        &self,
        to: InvitedTo,
        by: UserId,
        id: InvitationId,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                to.require(connection, by).await?;
                let mut sql = Sql::new("DELETE FROM invitations WHERE ");
                sql.push(to.column()).push(" = ").bind(to.id()).push(" AND invitation_id = ").bind(id);
                sql.push(" RETURNING user_id");
                let user_id = connection.fetch_one(sql).await?.get("user_id")?;
                tell(connection, user_id, to.project()).await
            })
        })
        .await
    }
}

/// Deletes an invitation that is still good; of two who try at once, one finds it gone.
async fn use_up(connection: &mut Connection, id: InvitationId, user_id: UserId) -> Result<Row, StoreError> {
    let sql = Sql::new(
        "DELETE FROM invitations WHERE invitation_id = $1 AND user_id = $2 AND expires_at > $3 RETURNING *",
    );
    connection.fetch_one(sql.with(id).with(user_id).with(clock::now())).await
}

async fn join(connection: &mut Connection, row: &Row, user_id: UserId) -> Result<(), StoreError> {
    let group: Option<UserGroupId> = row.get("user_group_id")?;
    let organization: Option<OrganizationId> = row.get("organization_id")?;
    let team = group.map(Team::Group).or(organization.map(Team::Organization));
    match team {
        Some(team) => {
            add_members(connection, team, user_id, Vec::new()).await?;
            publish_projects(connection, team).await
        }
        None => take_role(connection, row.get("project_id")?, user_id, role(row)?).await,
    }
}

/// A greater role that she has of her own stays.
async fn take_role(
    connection: &mut Connection,
    project_id: ProjectId,
    user_id: UserId,
    role: Role,
) -> Result<(), StoreError> {
    let is_less = access::own_role(connection, project_id, user_id).await? < Some(role);
    if is_less {
        grants::give(connection, project_id, Grantee::Person(user_id), role, Before::Anything).await?;
    }
    Ok(())
}
