//! What a person may do in a project.

use models::id::{ProjectId, UserId};
use models::permission::{Action, Role};
use std::collections::HashMap;

use super::{Connection, Sql, Store, StoreError};

impl Store {
    /// The greatest role that a person has in a project, by whatever way; `None` when she may not see it, or there
    /// is no such project.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn role_in(&self, project_id: ProjectId, user_id: UserId) -> Result<Option<Role>, StoreError> {
        role_in(&mut self.read().await?, project_id, user_id).await
    }

    /// The projects that a person may see.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn visible_projects(&self, user_id: UserId) -> Result<Vec<ProjectId>, StoreError> {
        let mut sql = roles(user_id, None);
        sql.push("SELECT DISTINCT project_id FROM roles");
        self.read().await?.fetch_all(sql).await?.iter().map(|row| row.get("project_id")).collect()
    }
}

/// As [`Store::role_in`], in a transaction: a change is refused by what holds at its commit.
pub(super) async fn role_in(
    connection: &mut Connection,
    project_id: ProjectId,
    user_id: UserId,
) -> Result<Option<Role>, StoreError> {
    let mut sql = roles(user_id, Some(project_id));
    sql.push("SELECT COALESCE(MAX(rank), 0) AS rank FROM roles");
    let rank: i64 = connection.fetch_one(sql).await?.get("rank")?;
    Ok(ranked(rank))
}

/// The greatest role that a person has in each of these projects; those that she may not see are absent.
pub(super) async fn roles_in(
    connection: &mut Connection,
    projects: impl IntoIterator<Item = ProjectId>,
    user_id: UserId,
) -> Result<HashMap<ProjectId, Role>, StoreError> {
    let mut projects = projects.into_iter().peekable();
    if projects.peek().is_none() {
        return Ok(HashMap::new());
    }
    let mut sql = roles(user_id, None);
    sql.push("SELECT project_id, MAX(rank) AS rank FROM roles WHERE project_id IN (");
    sql.push_list(projects).push(") GROUP BY project_id");
    let mut found = HashMap::new();
    for row in connection.fetch_all(sql).await? {
        if let Some(role) = ranked(row.get("rank")?) {
            found.insert(row.get("project_id")?, role);
        }
    }
    Ok(found)
}

/// The role of a rank.
pub(super) fn ranked(rank: i64) -> Option<Role> {
    usize::try_from(rank).ok()?.checked_sub(1).and_then(|place| Role::ALL.get(place).copied())
}

const RANK: &str = "CASE role WHEN 'GUEST' THEN 1 WHEN 'REPORTER' THEN 2 WHEN 'RESEARCHER' THEN 3 \
     WHEN 'MAINTAINER' THEN 4 WHEN 'OWNER' THEN 5 ELSE 0 END";

/// The beginning of a statement that knows `roles (project_id, rank, is_own)`: each way by which a person has a role,
/// in one project or in all. `is_own` is false for what she may as everybody or as an administrator may.
pub(super) fn roles(user_id: UserId, project_id: Option<ProjectId>) -> Sql {
    let mut sql =
        Sql::new("WITH my_groups AS (SELECT user_group_id FROM user_group_members WHERE user_id = ");
    sql.bind(user_id).push(" UNION SELECT user_group_id FROM user_groups WHERE admin_id = ").bind(user_id);
    sql.push("), my_organizations AS (SELECT organization_id FROM organization_members WHERE user_id = ");
    sql.bind(user_id)
        .push(" UNION SELECT organization_id FROM organizations WHERE contact_id = ")
        .bind(user_id);
    sql.push(" UNION SELECT organization_id FROM organization_groups WHERE user_group_id IN ");
    sql.push("(SELECT user_group_id FROM my_groups)), roles AS (");
    way(&mut sql, "5 AS rank, TRUE AS is_own FROM projects WHERE owner_id = ", Some(user_id), project_id);
    sql.push(" UNION ALL ");
    ranked_way(&mut sql, "project_members WHERE user_id = ", Some(user_id), project_id);
    sql.push(" UNION ALL ");
    let groups = "project_groups WHERE user_group_id IN (SELECT user_group_id FROM my_groups)";
    ranked_way(&mut sql, groups, None, project_id);
    sql.push(" UNION ALL ");
    let organizations =
        "project_organizations WHERE organization_id IN (SELECT organization_id FROM my_organizations)";
    ranked_way(&mut sql, organizations, None, project_id);
    sql.push(" UNION ALL ");
    way(&mut sql, "1 AS rank, FALSE AS is_own FROM projects WHERE is_public", None, project_id);
    sql.push(" UNION ALL ");
    let administrators = "5 AS rank, FALSE AS is_own FROM projects WHERE EXISTS \
         (SELECT 1 FROM users WHERE is_admin AND user_id = ";
    sql.push("SELECT project_id, ").push(administrators).bind(user_id).push(")");
    only(&mut sql, project_id);
    sql.push(") ");
    sql
}

fn ranked_way(sql: &mut Sql, source: &'static str, user_id: Option<UserId>, project_id: Option<ProjectId>) {
    sql.push("SELECT project_id, ").push(RANK).push(" AS rank, TRUE AS is_own FROM ").push(source);
    finish(sql, user_id, project_id);
}

fn way(sql: &mut Sql, source: &'static str, user_id: Option<UserId>, project_id: Option<ProjectId>) {
    sql.push("SELECT project_id, ").push(source);
    finish(sql, user_id, project_id);
}

fn finish(sql: &mut Sql, user_id: Option<UserId>, project_id: Option<ProjectId>) {
    if let Some(user_id) = user_id {
        sql.bind(user_id);
    }
    only(sql, project_id);
}

fn only(sql: &mut Sql, project_id: Option<ProjectId>) {
    if let Some(project_id) = project_id {
        sql.push(" AND project_id = ").bind(project_id);
    }
}

/// The role that a person was given herself, or has as the owner.
pub(super) async fn own_role(
    connection: &mut Connection,
    project_id: ProjectId,
    user_id: UserId,
) -> Result<Option<Role>, StoreError> {
    let mut sql = Sql::new("SELECT 'OWNER' AS role FROM projects WHERE owner_id = ");
    sql.bind(user_id).push(" AND project_id = ").bind(project_id);
    sql.push(" UNION ALL SELECT role FROM project_members WHERE user_id = ").bind(user_id);
    sql.push(" AND project_id = ").bind(project_id);
    let rows = connection.fetch_all(sql).await?;
    let roles = rows.iter().map(|row| row.get::<String>("role")).collect::<Result<Vec<_>, _>>()?;
    Ok(roles.iter().filter_map(|role| Role::named(role)).max())
}

/// Refuses what the person may not do any more: her role may have changed since the request came in.
pub(super) async fn require(
    connection: &mut Connection,
    project_id: ProjectId,
    user_id: UserId,
    action: Action,
) -> Result<(), StoreError> {
    let role = role_in(connection, project_id, user_id).await?.ok_or(StoreError::NotFound)?;
    role.why_not(action).map_or(Ok(()), |reason| Err(StoreError::Conflict(reason)))
}
