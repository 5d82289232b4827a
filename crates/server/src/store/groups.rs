//! Groups and organizations, as their projects show them.

use models::id::{OrganizationId, UserGroupId};
use models::person::{Organization, User, UserGroup};
use std::collections::HashMap;
use std::hash::Hash;

use super::row::Column;
use super::{Connection, Row, Sql, StoreError, Value};

/// These groups with their members.
pub(super) async fn groups_by_id(
    connection: &mut Connection,
    ids: Vec<UserGroupId>,
) -> Result<HashMap<UserGroupId, UserGroup>, StoreError> {
    let mut sql = Sql::new(
        "SELECT g.user_group_id, g.name AS group_name, g.version, u.user_id, u.name FROM user_groups g \
         JOIN users u ON u.user_id = g.admin_id WHERE g.user_group_id IN (",
    );
    sql.push_list(ids.iter().copied()).push(")");
    let members = "SELECT m.user_group_id AS parent, u.user_id, u.name FROM user_group_members m \
         JOIN users u ON u.user_id = m.user_id JOIN user_groups g ON g.user_group_id = m.user_group_id \
         AND g.admin_id <> m.user_id WHERE m.user_group_id IN (";
    let mut members = children(connection, members, &ids, person).await?;
    let rows = if ids.is_empty() { Vec::new() } else { connection.fetch_all(sql).await? };
    let group = |row: &Row| {
        let user_group_id = row.get("user_group_id")?;
        let members = members.remove(&user_group_id).unwrap_or_default();
        let (name, version) = (row.get("group_name")?, row.get("version")?);
        Ok((user_group_id, UserGroup { user_group_id, name, admin: person(row)?, members, version }))
    };
    rows.iter().map(group).collect()
}

/// These organizations with their groups and members.
pub(super) async fn organizations_by_id(
    connection: &mut Connection,
    ids: Vec<OrganizationId>,
) -> Result<HashMap<OrganizationId, Organization>, StoreError> {
    let mut sql = Sql::new(
        "SELECT o.organization_id, o.name AS organization_name, o.version, u.user_id, u.name FROM organizations o \
         JOIN users u ON u.user_id = o.contact_id WHERE o.organization_id IN (",
    );
    sql.push_list(ids.iter().copied()).push(")");
    let members = "SELECT m.organization_id AS parent, u.user_id, u.name FROM organization_members m \
         JOIN users u ON u.user_id = m.user_id WHERE m.organization_id IN (";
    let mut members = children(connection, members, &ids, person).await?;
    let groups = "SELECT g.organization_id AS parent, g.user_group_id, u.name FROM organization_groups g \
         JOIN user_groups u ON u.user_group_id = g.user_group_id WHERE g.organization_id IN (";
    let mut groups =
        children(connection, groups, &ids, |row| row.get::<UserGroupId>("user_group_id")).await?;
    let known = groups_by_id(connection, groups.values().flatten().copied().collect()).await?;
    let rows = if ids.is_empty() { Vec::new() } else { connection.fetch_all(sql).await? };
    let organization = |row: &Row| {
        let organization_id = row.get("organization_id")?;
        let groups = groups.remove(&organization_id).unwrap_or_default();
        let organization = Organization {
            organization_id,
            name: row.get("organization_name")?,
            contact: person(row)?,
            groups: groups.iter().filter_map(|id| known.get(id).cloned()).collect(),
            members: members.remove(&organization_id).unwrap_or_default(),
            version: row.get("version")?,
        };
        Ok((organization_id, organization))
    };
    rows.iter().map(organization).collect()
}

/// What belongs to each of these parents, by name. The statement ends with the open bracket for their ids.
async fn children<P: Column + Copy + Eq + Hash + Into<Value>, C>(
    connection: &mut Connection,
    statement: &'static str,
    parents: &[P],
    read: impl Fn(&Row) -> Result<C, StoreError>,
) -> Result<HashMap<P, Vec<C>>, StoreError> {
    let mut children = HashMap::<P, Vec<C>>::new();
    if parents.is_empty() {
        return Ok(children);
    }
    let mut sql = Sql::new(statement);
    sql.push_list(parents.iter().copied()).push(") ORDER BY u.name");
    for row in connection.fetch_all(sql).await? {
        children.entry(row.get("parent")?).or_default().push(read(&row)?);
    }
    Ok(children)
}

fn person(row: &Row) -> Result<User, StoreError> {
    Ok(User { user_id: row.get("user_id")?, name: row.get("name")?, email: None, is_admin: None })
}
