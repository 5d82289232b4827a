//! Leaving groups and organizations, and their end.

use models::event::{Event, EventTopic};
use models::id::UserId;

use super::change::current;
use super::standing::require_lead;
use super::team::Team;
use crate::store::{Connection, Sql, Store, StoreError};

impl Store {
    /// Takes a person out of a group or an organization.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when she leads it, or does not belong to it herself.
    pub async fn leave_team(&self, team: Team, user_id: UserId) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let names = team.names();
                if current(connection, team, None).await?.get::<UserId>("lead")? == user_id {
                    let noun = names.noun;
                    let reason =
                        format!("You lead this {noun}: hand it over to somebody first, or delete it.");
                    return Err(StoreError::Conflict(reason));
                }
                let mut sql = Sql::new("DELETE FROM ");
                sql.push(names.members).push(" WHERE ").push(names.id).push(" = ").bind(team.id());
                sql.push(" AND user_id = ").bind(user_id);
                if connection.execute(sql).await? == 0 {
                    let reason =
                        "You do not belong to it yourself, but through a group or as an administrator.";
                    return Err(StoreError::Conflict(reason.to_owned()));
                }
                publish_projects(connection, team).await
            })
        })
        .await
    }

    /// Deletes a group or an organization, if it still is of version `expected`. Its members lose the roles that they
    /// had through it.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when it is not.
    pub async fn delete_team(&self, team: Team, by: UserId, expected: Option<i64>) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                require_lead(connection, team, by).await?;
                current(connection, team, expected).await?;
                publish_projects(connection, team).await?;
                let names = team.names();
                let mut sql = Sql::new("DELETE FROM ");
                sql.push(names.table).push(" WHERE ").push(names.id).push(" = ").bind(team.id());
                connection.execute(sql).await.map(drop)
            })
        })
        .await
    }
}

/// Makes known that other people than before may see the projects in which a group or an organization has a role.
pub(in crate::store) async fn publish_projects(
    connection: &mut Connection,
    team: Team,
) -> Result<(), StoreError> {
    let names = team.names();
    let mut sql = Sql::new("SELECT project_id FROM ");
    sql.push(names.roles).push(" WHERE ").push(names.id).push(" = ").bind(team.id());
    if let Team::Group(group) = team {
        sql.push(" UNION SELECT r.project_id FROM project_organizations r JOIN organization_groups g ");
        sql.push("ON g.organization_id = r.organization_id WHERE g.user_group_id = ").bind(group);
    }
    for row in connection.fetch_all(sql).await? {
        connection.publish(Event {
            project_id: row.get("project_id")?,
            topic: EventTopic::Project,
            run_id: None,
        });
    }
    Ok(())
}
