//! Whom a group or an organization may be made of.

use models::id::{OrganizationId, UserGroupId, UserId};
use std::collections::BTreeSet;

use super::standing::push_own;
use super::team::GROUP;
use crate::store::{Connection, Sql, StoreError};

/// How many people or groups may be named at once.
const MOST: usize = 1000;

/// Refuses people who do not exist.
pub(super) async fn people(
    connection: &mut Connection,
    field: &'static str,
    ids: &[UserId],
) -> Result<(), StoreError> {
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM users WHERE user_id IN (");
    let distinct: BTreeSet<_> = ids.iter().copied().collect();
    sql.push_list(distinct.iter().copied()).push(")");
    all_found(connection, sql, distinct.len(), field, "name people who have an account here").await
}

/// Refuses who cannot lead anything: she does not exist, or may not sign in.
pub(super) async fn lead(
    connection: &mut Connection,
    field: &'static str,
    id: UserId,
) -> Result<(), StoreError> {
    let sql = Sql::new("SELECT COUNT(*) AS n FROM users WHERE user_id = $1 AND NOT is_disabled").with(id);
    all_found(connection, sql, 1, field, "name somebody who can sign in here").await
}

/// Refuses groups that `by` does not belong to, unless they are in the organization already: whoever puts a group into
/// an organization learns who its members are.
pub(super) async fn groups(
    connection: &mut Connection,
    by: UserId,
    organization: OrganizationId,
    ids: &[UserGroupId],
) -> Result<(), StoreError> {
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM user_groups WHERE user_group_id IN (");
    let distinct: BTreeSet<_> = ids.iter().copied().collect();
    sql.push_list(distinct.iter().copied()).push(") AND (user_group_id IN (");
    push_own(&mut sql, GROUP, by);
    sql.push(") OR user_group_id IN (SELECT user_group_id FROM organization_groups WHERE organization_id = ");
    sql.bind(organization).push(") OR EXISTS (SELECT 1 FROM users WHERE is_admin AND user_id = ").bind(by);
    sql.push("))");
    all_found(connection, sql, distinct.len(), "groups", "name groups that you belong to").await
}

async fn all_found(
    connection: &mut Connection,
    count: Sql,
    expected: usize,
    field: &'static str,
    message: &str,
) -> Result<(), StoreError> {
    if expected == 0 {
        return Ok(());
    }
    if expected > MOST {
        return Err(StoreError::Invalid { field, message: format!("name at most {MOST}") });
    }
    let found: u64 = connection.fetch_one(count).await?.get("n")?;
    let all = usize::try_from(found).is_ok_and(|found| found == expected);
    if all { Ok(()) } else { Err(StoreError::Invalid { field, message: message.to_owned() }) }
}
