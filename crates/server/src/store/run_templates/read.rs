//! The templates that a person sees.

use models::id::{ProjectId, RunTemplateId, UserId};
use models::person::User;
use models::run_template::{RunTemplate, RunTemplates};

use crate::store::{Connection, Row, Sql, Store, StoreError};

const COLUMNS: &str = "SELECT t.template_id, t.name, t.is_shared, t.draft, t.created_at, t.updated_at, t.version, \
     t.owner_id, u.name AS owner_name FROM run_templates t JOIN users u ON u.user_id = t.owner_id \
     WHERE t.project_id = $1 AND (t.is_shared OR t.owner_id = $2)";

impl Store {
    /// The templates of a project that a person sees, by name.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn run_templates(&self, project: ProjectId, user: UserId) -> Result<RunTemplates, StoreError> {
        let mut sql = Sql::new(COLUMNS).with(project).with(user);
        sql.push(" ORDER BY t.name_key, t.template_id");
        let rows = self.read().await?.fetch_all(sql).await?;
        Ok(RunTemplates { templates: rows.iter().map(read).collect::<Result<_, _>>()? })
    }

    /// A template that a person sees.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none, or it is somebody else's alone.
    pub async fn run_template(
        &self,
        project: ProjectId,
        user: UserId,
        id: RunTemplateId,
    ) -> Result<RunTemplate, StoreError> {
        one(&mut self.read().await?, project, user, id).await
    }
}

/// A template that a person sees.
pub(super) async fn one(
    connection: &mut Connection,
    project: ProjectId,
    user: UserId,
    id: RunTemplateId,
) -> Result<RunTemplate, StoreError> {
    let mut sql = Sql::new(COLUMNS).with(project).with(user);
    sql.push(" AND t.template_id = ").bind(id);
    read(&connection.fetch_one(sql).await?)
}

fn read(row: &Row) -> Result<RunTemplate, StoreError> {
    let (user_id, name) = (row.get("owner_id")?, row.get("owner_name")?);
    Ok(RunTemplate {
        template_id: row.get("template_id")?,
        name: row.get("name")?,
        draft: serde_json::from_str(&row.get::<String>("draft")?)?,
        is_shared: row.get("is_shared")?,
        owner: User { user_id, name, email: None, is_admin: None },
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        version: row.get("version")?,
    })
}
