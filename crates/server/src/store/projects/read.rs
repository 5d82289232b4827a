//! Projects as the caller may see them.

use models::id::{ProjectId, UserId};
use models::page::{Page, PageQuery};
use models::project::{Project, ProjectSearch};

use super::record;
use super::search::Wanted;
use crate::store::{Connection, Sql, Store, StoreError, access, members, object_labels, run_counts};

impl Store {
    /// The projects that `viewer` may see and that `search` wants; of these `only` one, where her credential is good
    /// for no other.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn projects(
        &self,
        viewer: UserId,
        only: Option<ProjectId>,
        search: ProjectSearch,
        page: PageQuery,
    ) -> Result<Page<Project>, StoreError> {
        let wanted = Wanted { viewer, only, search };
        let mut connection = self.read().await?;
        let mut count = access::roles(viewer, only);
        count.push("SELECT COUNT(*) AS n ").push(FROM);
        wanted.push_conditions(&mut count);
        let total_records = connection.fetch_one(count).await?.get("n")?;
        let mut sql = access::roles(viewer, only);
        sql.push(COLUMNS).push(FROM);
        wanted.push_conditions(&mut sql);
        wanted.push_order(&mut sql);
        sql.push(" LIMIT ").push_number(page.pagelength).push(" OFFSET ").push_number(page.startindex);
        let items = fetch(&mut connection, sql).await?;
        Ok(Page { total_records, items })
    }

    /// A project as `viewer` sees it, without its repositories.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when she may not see it, or there is none.
    pub async fn project(&self, project_id: ProjectId, viewer: UserId) -> Result<Project, StoreError> {
        let mut sql = access::roles(viewer, Some(project_id));
        sql.push(COLUMNS).push(FROM).push(" WHERE p.project_id = ").bind(project_id);
        fetch(&mut self.read().await?, sql).await?.pop().ok_or(StoreError::NotFound)
    }
}

const COLUMNS: &str = "SELECT p.project_id, p.name, p.executive_summary, p.detailed_description, p.owner_id, \
     p.is_public, p.created_at, p.updated_at, p.version, u.name AS owner_name, u.email AS owner_email, r.rank ";

const FROM: &str = "FROM projects p JOIN users u ON u.user_id = p.owner_id JOIN (SELECT project_id, \
     CAST(MAX(rank) AS BIGINT) AS rank, MAX(CASE WHEN is_own THEN 1 ELSE 0 END) AS is_own FROM roles \
     GROUP BY project_id) r ON r.project_id = p.project_id";

async fn fetch(connection: &mut Connection, sql: Sql) -> Result<Vec<Project>, StoreError> {
    let rows = connection.fetch_all(sql).await?;
    let mut projects = rows.iter().map(record::read).collect::<Result<Vec<_>, _>>()?;
    let ids: Vec<ProjectId> = projects.iter().map(|project| project.project_id).collect();
    let mut counts = run_counts::of_projects(connection, ids.clone()).await?;
    let mut labels = object_labels::of_objects(connection, ids.iter().map(|id| id.0).collect()).await?;
    for project in &mut projects {
        project.run_counts = counts.remove(&project.project_id).unwrap_or_default();
        project.labels = labels.remove(&project.project_id.0).unwrap_or_default();
    }
    members::attach(connection, &mut projects).await?;
    Ok(projects)
}
