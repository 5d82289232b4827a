//! Groups and organizations, as they are shown.

use models::id::{OrganizationId, UserGroupId, UserId};
use models::page::{Page, PageQuery};
use models::person::{Organization, UserGroup};

use super::standing::push_own;
use super::team::{GROUP, Names, ORGANIZATION};
use crate::fold::fold;
use crate::store::row::Column;
use crate::store::{Connection, Sql, Store, StoreError, escape_like, groups};

/// Which groups or organizations are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TeamSearch {
    /// Only those that this person belongs to.
    pub of: Option<UserId>,
    /// A text that the name contains, whatever the case.
    pub text: String,
}

impl Store {
    /// Groups, by name.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn groups(&self, search: &TeamSearch, page: PageQuery) -> Result<Page<UserGroup>, StoreError> {
        let mut connection = self.read().await?;
        let ids: Page<UserGroupId> = find(&mut connection, GROUP, search, page).await?;
        let mut known = groups::groups_by_id(&mut connection, ids.items.clone()).await?;
        let items = ids.items.iter().filter_map(|id| known.remove(id)).collect();
        Ok(Page { total_records: ids.total_records, items })
    }

    /// Organizations, by name.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn organizations(
        &self,
        search: &TeamSearch,
        page: PageQuery,
    ) -> Result<Page<Organization>, StoreError> {
        let mut connection = self.read().await?;
        let ids: Page<OrganizationId> = find(&mut connection, ORGANIZATION, search, page).await?;
        let mut known = groups::organizations_by_id(&mut connection, ids.items.clone()).await?;
        let items = ids.items.iter().filter_map(|id| known.remove(id)).collect();
        Ok(Page { total_records: ids.total_records, items })
    }

    /// A group.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]
    pub async fn group(&self, id: UserGroupId) -> Result<UserGroup, StoreError> {
        let mut known = groups::groups_by_id(&mut self.read().await?, vec![id]).await?;
        known.remove(&id).ok_or(StoreError::NotFound)
    }

    /// An organization.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]
    pub async fn organization(&self, id: OrganizationId) -> Result<Organization, StoreError> {
        let mut known = groups::organizations_by_id(&mut self.read().await?, vec![id]).await?;
        known.remove(&id).ok_or(StoreError::NotFound)
    }
}

async fn find<T: Column>(
    connection: &mut Connection,
    names: &'static Names,
    search: &TeamSearch,
    page: PageQuery,
) -> Result<Page<T>, StoreError> {
    let mut count = Sql::new("SELECT COUNT(*) AS n");
    push_matching(&mut count, names, search);
    let total_records = connection.fetch_one(count).await?.get("n")?;
    let mut sql = Sql::new("SELECT ");
    sql.push(names.id).push(" AS id");
    push_matching(&mut sql, names, search);
    sql.push(" ORDER BY name_key LIMIT ").push_number(page.pagelength);
    sql.push(" OFFSET ").push_number(page.startindex);
    let rows = connection.fetch_all(sql).await?;
    let items = rows.iter().map(|row| row.get("id")).collect::<Result<_, _>>()?;
    Ok(Page { total_records, items })
}

fn push_matching(sql: &mut Sql, names: &'static Names, search: &TeamSearch) {
    let pattern = format!("%{}%", escape_like(&fold(&search.text)));
    sql.push(" FROM ").push(names.table).push(" WHERE name_key LIKE ").bind(pattern);
    sql.push(r" ESCAPE '\'");
    if let Some(user_id) = search.of {
        sql.push(" AND ").push(names.id).push(" IN (");
        push_own(sql, names, user_id);
        sql.push(")");
    }
}
