//! Changes of groups and organizations.

use models::id::{OrganizationId, UserGroupId, UserId};
use models::person::{OrganizationPatch, UserGroupPatch};
use models::text::Name;

use super::check;
use super::create::taken;
use super::end::publish_projects;
use super::standing::require_lead;
use super::team::Team;
use crate::fold::fold;
use crate::store::{Connection, Row, Sql, Store, StoreError};

impl Store {
    /// Changes a group, if it still is of version `expected`.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when it is not; [`StoreError::Conflict`] when the name is taken; [`StoreError::Invalid`]
    /// when somebody does not exist.
    pub async fn change_group(
        &self,
        id: UserGroupId,
        by: UserId,
        patch: UserGroupPatch,
        expected: Option<i64>,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let team = Team::Group(id);
                change(connection, team, by, Change { name: patch.name, lead: patch.admin_id, expected })
                    .await?;
                set_members(connection, team, patch.members).await?;
                publish_projects(connection, team).await
            })
        })
        .await
    }

    /// Changes an organization, if it still is of version `expected`.
    ///
    /// # Errors
    /// As for [`Store::change_group`]; also [`StoreError::Invalid`] for a group that `by` does not belong to.
    pub async fn change_organization(
        &self,
        id: OrganizationId,
        by: UserId,
        patch: OrganizationPatch,
        expected: Option<i64>,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let team = Team::Organization(id);
                change(connection, team, by, Change { name: patch.name, lead: patch.contact_id, expected })
                    .await?;
                set_members(connection, team, patch.members).await?;
                if let Some(groups) = patch.groups {
                    set_groups(connection, id, by, groups).await?;
                }
                publish_projects(connection, team).await
            })
        })
        .await
    }
}

struct Change {
    name: Option<Name>,
    lead: Option<UserId>,
    expected: Option<i64>,
}

async fn change(
    connection: &mut Connection,
    team: Team,
    by: UserId,
    change: Change,
) -> Result<(), StoreError> {
    require_lead(connection, team, by).await?;
    let names = team.names();
    let row = current(connection, team, change.expected).await?;
    if let Some(lead) = change.lead {
        check::lead(connection, names.lead_field, lead).await?;
    }
    let name: String = change.name.map_or_else(|| row.get("name"), |name| Ok(name.into()))?;
    let lead: UserId = change.lead.map_or_else(|| row.get("lead"), Ok)?;
    let mut sql = Sql::new("UPDATE ");
    sql.push(names.table).push(" SET name_key = ").bind(fold(&name)).push(", name = ").bind(name);
    sql.push(", ").push(names.lead).push(" = ").bind(lead).push(", version = version + 1 WHERE ");
    sql.push(names.id).push(" = ").bind(team.id()).push(" AND version = ").bind(row.get::<i64>("version")?);
    // PostgreSQL lets two read the same version; the second then finds it gone.
    match connection.execute(sql).await.map_err(|error| error.or_conflict(&taken(names)))? {
        0 => Err(StoreError::Stale),
        _ => add_members(connection, team, lead, Vec::new()).await,
    }
}

/// Its name, version and lead, if it still is of version `expected`.
pub(super) async fn current(
    connection: &mut Connection,
    team: Team,
    expected: Option<i64>,
) -> Result<Row, StoreError> {
    let names = team.names();
    let mut sql = Sql::new("SELECT name, version, ");
    sql.push(names.lead).push(" AS lead FROM ").push(names.table).push(" WHERE ").push(names.id);
    sql.push(" = ").bind(team.id());
    let row = connection.fetch_one(sql).await?;
    let version: i64 = row.get("version")?;
    if expected.is_some_and(|expected| expected != version) { Err(StoreError::Stale) } else { Ok(row) }
}

async fn set_members(
    connection: &mut Connection,
    team: Team,
    members: Option<Vec<UserId>>,
) -> Result<(), StoreError> {
    let Some(members) = members else { return Ok(()) };
    check::people(connection, "members", &members).await?;
    let names = team.names();
    let lead = current(connection, team, None).await?.get("lead")?;
    let mut sql = Sql::new("DELETE FROM ");
    sql.push(names.members).push(" WHERE ").push(names.id).push(" = ").bind(team.id());
    connection.execute(sql).await?;
    add_members(connection, team, lead, members).await
}

/// Adds one person, and perhaps more, where they do not belong to it yet.
pub(in crate::store) async fn add_members(
    connection: &mut Connection,
    team: Team,
    first: UserId,
    others: Vec<UserId>,
) -> Result<(), StoreError> {
    let names = team.names();
    let mut sql = Sql::new("INSERT INTO ");
    sql.push(names.members).push(" (").push(names.id).push(", user_id) VALUES ");
    let people = std::iter::once(first).chain(others);
    sql.push_rows(people.map(|person| [team.id().into(), person.into()])).push(" ON CONFLICT DO NOTHING");
    connection.execute(sql).await.map(drop)
}

pub(super) async fn set_groups(
    connection: &mut Connection,
    id: OrganizationId,
    by: UserId,
    groups: Vec<UserGroupId>,
) -> Result<(), StoreError> {
    check::groups(connection, by, id, &groups).await?;
    let sql = Sql::new("DELETE FROM organization_groups WHERE organization_id = $1").with(id);
    connection.execute(sql).await?;
    if groups.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new("INSERT INTO organization_groups (organization_id, user_group_id) VALUES ");
    sql.push_rows(groups.into_iter().map(|group| [id.into(), group.into()])).push(" ON CONFLICT DO NOTHING");
    connection.execute(sql).await.map(drop)
}
