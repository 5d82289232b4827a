//! What somebody is in a group or an organization.

use models::id::UserId;

use super::team::{GROUP, Names, ORGANIZATION, Team};
use crate::store::{Connection, Sql, Store, StoreError};

/// What somebody is in a group or an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// She belongs to it.
    Member,
    /// She leads it, or administers the platform.
    Lead,
}

impl Store {
    /// What a person is in a group or an organization; `None` when she may not see it, or there is none.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn standing(&self, team: Team, user_id: UserId) -> Result<Option<Standing>, StoreError> {
        standing(&mut self.read().await?, team, user_id).await
    }
}

async fn standing(
    connection: &mut Connection,
    team: Team,
    user_id: UserId,
) -> Result<Option<Standing>, StoreError> {
    let names = team.names();
    let mut sql = Sql::new("SELECT CAST(CASE WHEN ");
    sql.push(names.lead).push(" = ").bind(user_id);
    sql.push(" OR EXISTS (SELECT 1 FROM users WHERE is_admin AND user_id = ").bind(user_id);
    sql.push(") THEN 2 WHEN ").push(names.id).push(" IN (");
    push_own(&mut sql, names, user_id);
    sql.push(") THEN 1 ELSE 0 END AS BIGINT) AS standing FROM ").push(names.table);
    sql.push(" WHERE ").push(names.id).push(" = ").bind(team.id());
    let Some(row) = connection.fetch_optional(sql).await? else { return Ok(None) };
    Ok(match row.get::<i64>("standing")? {
        2 => Some(Standing::Lead),
        1 => Some(Standing::Member),
        _ => None,
    })
}

/// Refuses who does not lead it any more: that may have changed since the request came in.
pub(in crate::store) async fn require_lead(
    connection: &mut Connection,
    team: Team,
    by: UserId,
) -> Result<(), StoreError> {
    match standing(connection, team, by).await? {
        Some(Standing::Lead) => Ok(()),
        Some(Standing::Member) => {
            Err(StoreError::Conflict(format!("You do not lead this {} any more.", team.names().noun)))
        }
        None => Err(StoreError::NotFound),
    }
}

/// Appends what selects the groups or organizations that a person belongs to. Who leads one belongs to it, and so does to
/// an organization who is in one of its groups.
pub(in crate::store) fn push_own(sql: &mut Sql, names: &'static Names, user_id: UserId) {
    sql.push("SELECT ").push(names.id).push(" FROM ").push(names.members);
    sql.push(" WHERE user_id = ").bind(user_id);
    sql.push(" UNION SELECT ").push(names.id).push(" FROM ").push(names.table);
    sql.push(" WHERE ").push(names.lead).push(" = ").bind(user_id);
    if names == ORGANIZATION {
        sql.push(" UNION SELECT organization_id FROM organization_groups WHERE user_group_id IN (");
        push_own(sql, GROUP, user_id);
        sql.push(")");
    }
}
