//! The views that a person sees.

use models::id::{ProjectId, RunViewId, UserId};
use models::person::User;
use models::run_view::{RunView, RunViews};

use crate::store::{Connection, Row, Sql, Store, StoreError};

const COLUMNS: &str = "SELECT v.view_id, v.name, v.is_shared, v.is_default, v.setup, v.created_at, v.updated_at, v.version, \
     v.owner_id, u.name AS owner_name FROM run_views v JOIN users u ON u.user_id = v.owner_id \
     WHERE v.project_id = $1 AND (v.is_shared OR v.owner_id = $2)";

impl Store {
    /// The views of a project that a person sees, by name, and which of them open first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn run_views(&self, project: ProjectId, user: UserId) -> Result<RunViews, StoreError> {
        let mut connection = self.read().await?;
        let mut sql = Sql::new(COLUMNS).with(project).with(user);
        sql.push(" ORDER BY v.name_key, v.view_id");
        let rows = connection.fetch_all(sql).await?;
        let mut views = RunViews::default();
        for row in &rows {
            let view = read(row)?;
            if row.get("is_default")? {
                views.default_view_id = Some(view.view_id);
            }
            views.views.push(view);
        }
        let sql = Sql::new("SELECT view_id FROM run_view_choices WHERE project_id = $1 AND user_id = $2");
        let chosen = connection.fetch_optional(sql.with(project).with(user)).await?;
        let chosen: Option<RunViewId> = chosen.map(|row| row.get("view_id")).transpose()?;
        // Whoever shared it may have taken it back.
        views.own_default_view_id = chosen.filter(|id| views.find(*id).is_some());
        Ok(views)
    }

    /// A view that a person sees.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none, or it is somebody else's alone.
    pub async fn run_view(
        &self,
        project: ProjectId,
        user: UserId,
        id: RunViewId,
    ) -> Result<RunView, StoreError> {
        Ok(one(&mut self.read().await?, project, user, id).await?.0)
    }
}

/// A view that a person sees, and whether it opens first for everybody.
pub(super) async fn one(
    connection: &mut Connection,
    project: ProjectId,
    user: UserId,
    id: RunViewId,
) -> Result<(RunView, bool), StoreError> {
    let mut sql = Sql::new(COLUMNS).with(project).with(user);
    sql.push(" AND v.view_id = ").bind(id);
    let row = connection.fetch_one(sql).await?;
    Ok((read(&row)?, row.get("is_default")?))
}

fn read(row: &Row) -> Result<RunView, StoreError> {
    let (user_id, name) = (row.get("owner_id")?, row.get("owner_name")?);
    Ok(RunView {
        view_id: row.get("view_id")?,
        name: row.get("name")?,
        table: serde_json::from_str(&row.get::<String>("setup")?)?,
        is_shared: row.get("is_shared")?,
        owner: User { user_id, name, email: None, is_admin: None },
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        version: row.get("version")?,
    })
}
