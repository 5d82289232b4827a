//! Giving roles in a project, taking them away, and handing it over.

use models::event::{Event, EventTopic};
use models::id::{ProjectId, UserId};
use models::permission::{Action, Role};
use uuid::Uuid;

use super::teams::push_own;
use super::{Connection, Sql, Store, StoreError, Team, access, members};

/// Who can have a role in a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grantee {
    /// A person.
    Person(UserId),
    /// Each member of a group or an organization.
    Team(Team),
}

impl Grantee {
    /// The table of the roles, and the column that says whose they are.
    fn table(self) -> (&'static str, &'static str) {
        match self {
            Self::Person(_) => ("project_members", "user_id"),
            Self::Team(team) => (team.names().roles, team.names().id),
        }
    }

    fn id(self) -> Uuid {
        match self {
            Self::Person(id) => id.0,
            Self::Team(team) => team.id(),
        }
    }
}

/// The role that a grantee must have had for another one to be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// Any, or none.
    Anything,
    /// None.
    Nothing,
    /// This one.
    Role(Role),
}

impl Store {
    /// Gives a role in a project, or another one than before, whoever asks.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn set_role(
        &self,
        project_id: ProjectId,
        grantee: Grantee,
        role: Role,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                give(connection, project_id, grantee, role, Before::Anything).await?;
                publish(connection, project_id);
                Ok(())
            })
        })
        .await
    }

    /// Gives a role in a project, or another one than `before`.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when there is another one by now; [`StoreError::Conflict`] for the owner, and when `by` would not be an owner any more; [`StoreError::Invalid`] for
    /// whom there is not, and for a group or an organization that `by` does not belong to.
    pub async fn grant(
        &self,
        project_id: ProjectId,
        by: UserId,
        grantee: Grantee,
        role: Role,
        before: Before,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                access::require(connection, project_id, by, Action::ManageMembers).await?;
                check(connection, project_id, by, grantee).await?;
                give(connection, project_id, grantee, role, before).await?;
                finish(connection, project_id, by).await
            })
        })
        .await
    }

    /// The role that was given to a grantee herself in a project, if any.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn given_role(
        &self,
        project_id: ProjectId,
        grantee: Grantee,
    ) -> Result<Option<Role>, StoreError> {
        let (table, column) = grantee.table();
        let mut sql = Sql::new("SELECT role FROM ");
        sql.push(table).push(" WHERE project_id = ").bind(project_id);
        sql.push(" AND ").push(column).push(" = ").bind(grantee.id());
        self.read().await?.fetch_optional(sql).await?.as_ref().map(members::role).transpose()
    }

    /// Takes a role in a project away.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none; [`StoreError::Conflict`] when `by` would not be an owner any more.
    pub async fn revoke(
        &self,
        project_id: ProjectId,
        by: UserId,
        grantee: Grantee,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                access::require(connection, project_id, by, Action::ManageMembers).await?;
                refuse_owner(connection, project_id, grantee).await?;
                if take(connection, project_id, grantee).await? == 0 {
                    return Err(StoreError::NotFound);
                }
                finish(connection, project_id, by).await
            })
        })
        .await
    }

    /// Makes `to` the owner of a project. Who owned it until then keeps the role of a maintainer.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] for a personal project; [`StoreError::Invalid`] when `to` cannot sign in here.
    pub async fn hand_over(&self, project_id: ProjectId, by: UserId, to: UserId) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                access::require(connection, project_id, by, Action::ManageMembers).await?;
                let personal =
                    Sql::new("SELECT 1 AS one FROM users WHERE personal_project_id = $1").with(project_id);
                if connection.fetch_optional(personal).await?.is_some() {
                    let reason = "This is a personal project: runs that name no project land here. It cannot be handed over.";
                    return Err(StoreError::Conflict(reason.to_owned()));
                }
                require_active(connection, to).await?;
                let before = owner(connection, project_id).await?;
                if before == to {
                    return Ok(());
                }
                take(connection, project_id, Grantee::Person(to)).await?;
                give(connection, project_id, Grantee::Person(before), Role::Maintainer, Before::Anything).await?;
                let sql = Sql::new("UPDATE projects SET owner_id = $1, updated_at = $2, version = version + 1 WHERE project_id = $3");
                connection.execute(sql.with(to).with(crate::clock::now()).with(project_id)).await?;
                publish(connection, project_id);
                Ok(())
            })
        })
        .await
    }
}

/// Gives a role, or another one than `before`; one statement, so that of two who change the same role one is refused.
pub(super) async fn give(
    connection: &mut Connection,
    project_id: ProjectId,
    grantee: Grantee,
    role: Role,
    before: Before,
) -> Result<(), StoreError> {
    let (table, column) = grantee.table();
    let sql = match before {
        Before::Anything | Before::Nothing => {
            let mut sql = Sql::new("INSERT INTO ");
            sql.push(table).push(" (project_id, ").push(column).push(", role) VALUES ");
            sql.push_rows([[project_id.into(), grantee.id().into(), role.as_str().into()]]);
            sql.push(" ON CONFLICT (project_id, ").push(column).push(") DO ");
            sql.push(if before == Before::Nothing { "NOTHING" } else { "UPDATE SET role = excluded.role" });
            sql
        }
        Before::Role(before) => {
            let mut sql = Sql::new("UPDATE ");
            sql.push(table).push(" SET role = ").bind(role.as_str());
            sql.push(" WHERE project_id = ").bind(project_id);
            sql.push(" AND ").push(column).push(" = ").bind(grantee.id());
            sql.push(" AND role = ").bind(before.as_str());
            sql
        }
    };
    if connection.execute(sql).await? == 0 { Err(StoreError::Stale) } else { Ok(()) }
}

async fn take(
    connection: &mut Connection,
    project_id: ProjectId,
    grantee: Grantee,
) -> Result<u64, StoreError> {
    let (table, column) = grantee.table();
    let mut sql = Sql::new("DELETE FROM ");
    sql.push(table).push(" WHERE project_id = ").bind(project_id);
    sql.push(" AND ").push(column).push(" = ").bind(grantee.id());
    connection.execute(sql).await
}

async fn check(
    connection: &mut Connection,
    project_id: ProjectId,
    by: UserId,
    grantee: Grantee,
) -> Result<(), StoreError> {
    refuse_owner(connection, project_id, grantee).await?;
    match grantee {
        Grantee::Person(user_id) => require_active(connection, user_id).await,
        Grantee::Team(team) => require_own(connection, project_id, by, team).await,
    }
}

async fn refuse_owner(
    connection: &mut Connection,
    project_id: ProjectId,
    grantee: Grantee,
) -> Result<(), StoreError> {
    if grantee == Grantee::Person(owner(connection, project_id).await?) {
        let reason = "This person owns the project. Hand it over to somebody else first.";
        return Err(StoreError::Conflict(reason.to_owned()));
    }
    Ok(())
}

/// Whoever gives a group a role learns who its members are, so she must be one of them, or it must have a role already.
async fn require_own(
    connection: &mut Connection,
    project_id: ProjectId,
    by: UserId,
    team: Team,
) -> Result<(), StoreError> {
    let names = team.names();
    let mut sql = Sql::new("SELECT 1 AS one FROM ");
    sql.push(names.table).push(" WHERE ").push(names.id).push(" = ").bind(team.id());
    sql.push(" AND (").push(names.id).push(" IN (");
    push_own(&mut sql, names, by);
    sql.push(") OR ").push(names.id).push(" IN (SELECT ").push(names.id).push(" FROM ").push(names.roles);
    sql.push(" WHERE project_id = ").bind(project_id);
    sql.push(") OR EXISTS (SELECT 1 FROM users WHERE is_admin AND user_id = ").bind(by).push("))");
    match connection.fetch_optional(sql).await? {
        Some(_) => Ok(()),
        None => {
            let message = format!("name one that you belong to; you are in no such {}", names.noun);
            Err(StoreError::Invalid { field: names.noun, message })
        }
    }
}

pub(super) async fn require_active(connection: &mut Connection, user_id: UserId) -> Result<(), StoreError> {
    let sql = Sql::new("SELECT 1 AS one FROM users WHERE user_id = $1 AND NOT is_disabled").with(user_id);
    match connection.fetch_optional(sql).await? {
        Some(_) => Ok(()),
        None => {
            let message = "name somebody who can sign in here".to_owned();
            Err(StoreError::Invalid { field: "userId", message })
        }
    }
}

pub(super) async fn owner(connection: &mut Connection, project_id: ProjectId) -> Result<UserId, StoreError> {
    let sql = Sql::new("SELECT owner_id FROM projects WHERE project_id = $1").with(project_id);
    connection.fetch_one(sql).await?.get("owner_id")
}

/// Refuses what would make `by` lose what she needs to undo it.
async fn finish(connection: &mut Connection, project_id: ProjectId, by: UserId) -> Result<(), StoreError> {
    if access::role_in(connection, project_id, by).await? != Some(Role::Owner) {
        let reason = "You would not be an owner of this project any more. Another owner can change this, or hand it over.";
        return Err(StoreError::Conflict(reason.to_owned()));
    }
    publish(connection, project_id);
    Ok(())
}

pub(super) fn publish(connection: &mut Connection, project_id: ProjectId) {
    connection.publish(Event { project_id, topic: EventTopic::Project, run_id: None });
}
