//! Who has a role in a project.

use models::id::{ProjectId, UserId};
use models::permission::Role;
use models::person::User;
use models::project::{GroupMember, Member, OrganizationMember, Project};
use std::collections::HashMap;

use super::{Connection, Grantee, Row, Sql, Store, StoreError, groups};

impl Store {
    /// Gives a person a role in a project, or another one than before.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn set_member(
        &self,
        project_id: ProjectId,
        user_id: UserId,
        role: Role,
    ) -> Result<(), StoreError> {
        self.set_role(project_id, Grantee::Person(user_id), role).await
    }
}

/// Adds to each project its people, groups and organizations.
pub(super) async fn attach(connection: &mut Connection, projects: &mut [Project]) -> Result<(), StoreError> {
    let ids: Vec<ProjectId> = projects.iter().map(|project| project.project_id).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let mut people = people(connection, &ids).await?;
    let mut teams = teams(connection, &ids).await?;
    let mut organizations = organizations(connection, &ids).await?;
    for project in projects {
        let is_member = project.current_user_role > Role::Guest;
        project.members = people.remove(&project.project_id).unwrap_or_default();
        if !is_member {
            project.members.iter_mut().for_each(|member| member.user.email = None);
        }
        project.user_groups = teams.remove(&project.project_id).unwrap_or_default();
        project.organizations = organizations.remove(&project.project_id).unwrap_or_default();
        if !is_member {
            hide_people(project);
        }
    }
    Ok(())
}

/// Who merely reads a public project is not told who is in the groups that work on it.
fn hide_people(project: &mut Project) {
    project.user_groups.iter_mut().for_each(|member| member.user_group.members.clear());
    for member in &mut project.organizations {
        member.organization.groups.clear();
        member.organization.members.clear();
    }
}

type ByProject<T> = HashMap<ProjectId, Vec<T>>;

async fn people(connection: &mut Connection, ids: &[ProjectId]) -> Result<ByProject<Member>, StoreError> {
    let sql = "SELECT m.project_id, m.role, u.user_id, u.name, u.email FROM project_members m \
         JOIN users u ON u.user_id = m.user_id WHERE m.project_id IN (";
    let mut found = ByProject::new();
    for row in fetch(connection, sql, ids).await? {
        let email = Some(row.get("email")?);
        let user = User { user_id: row.get("user_id")?, name: row.get("name")?, email, is_admin: None };
        let role = role(&row)?;
        let member = Member { user, role, allowed_to_edit: role.allowed_to_edit() };
        found.entry(row.get("project_id")?).or_default().push(member);
    }
    Ok(found)
}

async fn teams(connection: &mut Connection, ids: &[ProjectId]) -> Result<ByProject<GroupMember>, StoreError> {
    let sql = "SELECT m.project_id, m.role, u.user_group_id FROM project_groups m \
         JOIN user_groups u ON u.user_group_id = m.user_group_id WHERE m.project_id IN (";
    let rows = fetch(connection, sql, ids).await?;
    let ids = rows.iter().map(|row| row.get("user_group_id")).collect::<Result<Vec<_>, _>>()?;
    let known = groups::groups_by_id(connection, ids).await?;
    let mut found = ByProject::new();
    for row in rows {
        let Some(user_group) = known.get(&row.get("user_group_id")?).cloned() else { continue };
        let role = role(&row)?;
        let member = GroupMember { user_group, role, allowed_to_edit: role.allowed_to_edit() };
        found.entry(row.get("project_id")?).or_default().push(member);
    }
    Ok(found)
}

async fn organizations(
    connection: &mut Connection,
    ids: &[ProjectId],
) -> Result<ByProject<OrganizationMember>, StoreError> {
    let sql = "SELECT m.project_id, m.role, u.organization_id FROM project_organizations m \
         JOIN organizations u ON u.organization_id = m.organization_id WHERE m.project_id IN (";
    let rows = fetch(connection, sql, ids).await?;
    let ids = rows.iter().map(|row| row.get("organization_id")).collect::<Result<Vec<_>, _>>()?;
    let known = groups::organizations_by_id(connection, ids).await?;
    let mut found = ByProject::new();
    for row in rows {
        let Some(organization) = known.get(&row.get("organization_id")?).cloned() else { continue };
        let role = role(&row)?;
        let member = OrganizationMember { organization, role, allowed_to_edit: role.allowed_to_edit() };
        found.entry(row.get("project_id")?).or_default().push(member);
    }
    Ok(found)
}

async fn fetch(
    connection: &mut Connection,
    sql: &'static str,
    ids: &[ProjectId],
) -> Result<Vec<Row>, StoreError> {
    let mut sql = Sql::new(sql);
    sql.push_list(ids.iter().copied()).push(") ORDER BY u.name");
    connection.fetch_all(sql).await
}

pub(super) fn role(row: &Row) -> Result<Role, StoreError> {
    let text: String = row.get("role")?;
    Role::named(&text).ok_or_else(|| StoreError::Corrupt(format!("{text} is no role")))
}
