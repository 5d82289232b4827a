//! Which view opens first.

use models::id::{ProjectId, RunViewId, UserId};

use super::read::one;
use super::write::publish;
use crate::store::{Connection, Sql, Store, StoreError};

impl Store {
    /// Chooses the view that opens first for everybody in a project; `None` for none.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when the person sees no such view, or it is not shared.
    pub async fn set_default_run_view(
        &self,
        project: ProjectId,
        user: UserId,
        id: Option<RunViewId>,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                if let Some(id) = id {
                    check(connection, project, user, id, true).await?;
                }
                let sql =
                    Sql::new("UPDATE run_views SET is_default = FALSE WHERE project_id = $1 AND is_default");
                connection.execute(sql.with(project)).await?;
                if let Some(id) = id {
                    let sql = Sql::new("UPDATE run_views SET is_default = TRUE WHERE view_id = $1");
                    connection.execute(sql.with(id)).await?;
                }
                publish(connection, project);
                Ok(())
            })
        })
        .await
    }

    /// Chooses the view that opens first for a person; `None` for that of everybody.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when she sees no such view.
    pub async fn set_own_default_run_view(
        &self,
        project: ProjectId,
        user: UserId,
        id: Option<RunViewId>,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let sql = match id {
                    Some(id) => {
                        check(connection, project, user, id, false).await?;
                        let sql = Sql::new(
                            "INSERT INTO run_view_choices (project_id, user_id, view_id) VALUES ($1, $2, $3) \
                             ON CONFLICT (project_id, user_id) DO UPDATE SET view_id = excluded.view_id",
                        );
                        sql.with(project).with(user).with(id)
                    }
                    None => {
                        let sql =
                            Sql::new("DELETE FROM run_view_choices WHERE project_id = $1 AND user_id = $2");
                        sql.with(project).with(user)
                    }
                };
                connection.execute(sql).await?;
                publish(connection, project);
                Ok(())
            })
        })
        .await
    }
}

/// Refuses a view that the person does not see, and, for everybody, one that is not shared.
async fn check(
    connection: &mut Connection,
    project: ProjectId,
    user: UserId,
    id: RunViewId,
    is_for_all: bool,
) -> Result<(), StoreError> {
    let invalid = |message: &str| StoreError::Invalid { field: "viewId", message: message.to_owned() };
    let (view, _) = one(connection, project, user, id).await.map_err(|error| match error {
        StoreError::NotFound => invalid("choose one of the project's views"),
        StoreError::Stale
        | StoreError::Conflict(_)
        | StoreError::Invalid { .. }
        | StoreError::Full
        | StoreError::Unavailable
        | StoreError::Corrupt(_)
        | StoreError::Database(_) => error,
    })?;
    if is_for_all && !view.is_shared { Err(invalid("share the view first")) } else { Ok(()) }
}
