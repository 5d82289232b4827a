//! Lists of what a project owns, and single things.

use models::id::ProjectId;
use models::page::{Page, PageQuery};
use models::repository::RepositorySearch;
use std::collections::HashMap;

use super::Owned;
use crate::store::{Connection, Sql, Store, StoreError, escape_like};

impl Store {
    /// A page of what a project owns of a kind, of that what `search` wants.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn list_owned<T: Owned>(
        &self,
        project: ProjectId,
        search: &RepositorySearch,
        page: PageQuery,
    ) -> Result<Page<T>, StoreError> {
        let mut connection = self.read().await?;
        let mut count = Sql::new("SELECT COUNT(*) AS n");
        push_wanted::<T>(&mut count, project, search);
        let total_records = connection.fetch_one(count).await?.get("n")?;
        let mut sql = Sql::new("SELECT *");
        push_wanted::<T>(&mut sql, project, search);
        sql.push(" ORDER BY ").push(T::ORDER);
        sql.push(" LIMIT ").push_number(page.pagelength).push(" OFFSET ").push_number(page.startindex);
        let rows = connection.fetch_all(sql).await?;
        let mut items = T::read_all(&mut connection, &rows).await?;
        drop(connection);
        self.attach_runs(project, &mut items).await?;
        Ok(Page { total_records, items })
    }

    /// A thing that a project owns.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has none with this id.
    pub async fn owned<T: Owned>(&self, project: ProjectId, id: T::Id) -> Result<T, StoreError> {
        let thing = without_runs(&mut self.read().await?, project, id).await?;
        self.with_runs(project, thing).await
    }

    /// The thing with the runs that used it.
    pub(in crate::store) async fn with_runs<T: Owned>(
        &self,
        project: ProjectId,
        thing: T,
    ) -> Result<T, StoreError> {
        let mut things = [thing];
        self.attach_runs(project, &mut things).await?;
        let [thing] = things;
        Ok(thing)
    }

    async fn attach_runs<T: Owned>(&self, project: ProjectId, things: &mut [T]) -> Result<(), StoreError> {
        let Some(attribute) = T::RUNS else { return Ok(()) };
        let ids = things.iter().map(T::id).collect();
        let mut runs = self.usage_summaries(project, attribute, ids).await?;
        for thing in things {
            let summary = runs.remove(&thing.id()).unwrap_or_default();
            thing.set_runs(summary);
        }
        Ok(())
    }
}

fn push_wanted<T: Owned>(sql: &mut Sql, project: ProjectId, search: &RepositorySearch) {
    sql.push(" FROM ").push(T::TABLE).push(" WHERE project_id = ").bind(project);
    let text = search.search.as_deref().map(str::trim).filter(|text| !text.is_empty());
    if let Some(text) = text {
        let pattern = format!("%{}%", escape_like(text));
        for (n, column) in T::SEARCHED.iter().copied().enumerate() {
            sql.push(if n == 0 { " AND (LOWER(" } else { " OR LOWER(" }).push(column);
            sql.push(") LIKE LOWER(").bind(pattern.as_str()).push(r") ESCAPE '\'");
        }
        sql.push(")");
    }
    if let Some(label) = search.label_id {
        sql.push(" AND ").push(T::ID).push(" IN (SELECT object_id FROM object_labels WHERE label_id = ");
        sql.bind(label).push(")");
    }
}

/// A thing without the runs that used it.
pub(in crate::store) async fn without_runs<T: Owned>(
    connection: &mut Connection,
    project: ProjectId,
    id: T::Id,
) -> Result<T, StoreError> {
    let mut sql = Sql::new("SELECT * FROM ");
    sql.push(T::TABLE).push(" WHERE project_id = ").bind(project);
    sql.push(" AND ").push(T::ID).push(" = ").bind(id);
    let row = connection.fetch_one(sql).await?;
    let mut thing = T::read_all(connection, &[row]).await?.pop().ok_or(StoreError::NotFound)?;
    thing.complete(connection).await?;
    Ok(thing)
}

/// The things with these ids, of whichever project.
pub(in crate::store) async fn by_id<T: Owned>(
    connection: &mut Connection,
    ids: Vec<T::Id>,
) -> Result<HashMap<T::Id, T>, StoreError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new("SELECT * FROM ");
    sql.push(T::TABLE).push(" WHERE ").push(T::ID).push(" IN (").push_list(ids).push(")");
    let rows = connection.fetch_all(sql).await?;
    let things = T::read_all(connection, &rows).await?;
    Ok(things.into_iter().map(|thing| (thing.id(), thing)).collect())
}

/// Refuses a thing, named in a field of a request, that the project does not own.
pub(in crate::store) async fn belongs<T: Owned>(
    connection: &mut Connection,
    project: ProjectId,
    id: Option<T::Id>,
    field: &'static str,
    message: &str,
) -> Result<(), StoreError> {
    let Some(id) = id else { return Ok(()) };
    let mut sql = Sql::new("SELECT 1 AS one FROM ");
    sql.push(T::TABLE).push(" WHERE project_id = ").bind(project);
    sql.push(" AND ").push(T::ID).push(" = ").bind(id);
    let found = connection.fetch_optional(sql).await?;
    found.map(drop).ok_or_else(|| StoreError::Invalid { field, message: message.to_owned() })
}
