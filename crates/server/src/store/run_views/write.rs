//! Saving, changing and deleting views.

use models::event::{Event, EventTopic};
use models::id::{ProjectId, RunViewId, UserId};
use models::run_view::{NewRunView, RunTableSetup, RunView, RunViewPatch};
use uuid::Uuid;

use super::read::one;
use crate::clock;
use crate::fold::fold;
use crate::store::{Connection, Once, Sql, Store, StoreError, idempotency};

impl Store {
    /// Saves a view of a person.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when the table cannot be kept so; [`StoreError::Conflict`] when the name is taken, or there are
    /// [`RunView::MAX`] views already.
    pub async fn create_run_view(
        &self,
        project: ProjectId,
        owner: UserId,
        new: NewRunView,
        once: Option<Once>,
    ) -> Result<RunView, StoreError> {
        check(&new.table)?;
        let setup = serde_json::to_string(&new.table)?;
        self.write(move |connection| {
            Box::pin(async move {
                if let Some(before) = idempotency::answer_before(connection, once.as_ref()).await? {
                    return Ok(before);
                }
                check_room(connection, project, owner, new.is_shared).await?;
                let id = RunViewId(Uuid::now_v7());
                let sql = Sql::new(
                    "INSERT INTO run_views (view_id, project_id, owner_id, name, name_key, is_shared, is_default, setup, \
                     created_at, updated_at, version) VALUES ($1, $2, $3, $4, $5, $6, FALSE, $7, $8, $8, 1)",
                );
                let sql = sql.with(id).with(project).with(owner).with(new.name.as_str());
                let sql = sql.with(fold(new.name.as_str())).with(new.is_shared).with(setup).with(clock::now());
                connection.execute(sql).await.map_err(|error| error.or_conflict(taken(new.is_shared)))?;
                publish(connection, project);
                let (made, _) = one(connection, project, owner, id).await?;
                idempotency::keep_answer(connection, once, &made).await?;
                Ok(made)
            })
        })
        .await
    }

    /// Changes a view that a person sees and that is of version `expected`.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Stale`] when it is of another version; [`StoreError::Invalid`] when the table
    /// cannot be kept so; [`StoreError::Conflict`] when the name is taken, or when it opens first for everybody and is to be
    /// shared no more.
    pub async fn change_run_view(
        &self,
        project: ProjectId,
        user: UserId,
        id: RunViewId,
        patch: RunViewPatch,
        expected: i64,
    ) -> Result<RunView, StoreError> {
        patch.table.as_ref().map_or(Ok(()), check)?;
        self.write(move |connection| {
            Box::pin(async move {
                let (view, is_default) = one(connection, project, user, id).await?;
                if view.version != expected {
                    return Err(StoreError::Stale);
                }
                let is_shared = patch.is_shared.unwrap_or(view.is_shared);
                if is_default && !is_shared {
                    let message =
                        "This view opens first for everybody in the project. Choose another one first.";
                    return Err(StoreError::Conflict(message.to_owned()));
                }
                if is_shared && !view.is_shared {
                    check_room(connection, project, view.owner.user_id, true).await?;
                }
                update(connection, &view, patch, is_shared).await?;
                publish(connection, project);
                one(connection, project, user, id).await.map(|(view, _)| view)
            })
        })
        .await
    }

    /// Deletes a view that is of version `expected`.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when it is of another version, or gone.
    pub async fn delete_run_view(
        &self,
        project: ProjectId,
        id: RunViewId,
        expected: i64,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let sql =
                    Sql::new("DELETE FROM run_views WHERE project_id = $1 AND view_id = $2 AND version = $3");
                if connection.execute(sql.with(project).with(id).with(expected)).await? == 0 {
                    return Err(StoreError::Stale);
                }
                publish(connection, project);
                Ok(())
            })
        })
        .await
    }
}

async fn update(
    connection: &mut Connection,
    view: &RunView,
    patch: RunViewPatch,
    is_shared: bool,
) -> Result<(), StoreError> {
    let name = patch.name.map_or_else(|| view.name.clone(), String::from);
    let setup = serde_json::to_string(patch.table.as_ref().unwrap_or(&view.table))?;
    let sql = Sql::new(
        "UPDATE run_views SET name = $1, name_key = $2, is_shared = $3, setup = $4, updated_at = $5, \
         version = version + 1 WHERE view_id = $6 AND version = $7",
    );
    let sql = sql.with(name.as_str()).with(fold(&name)).with(is_shared).with(setup).with(clock::now());
    let sql = sql.with(view.view_id).with(view.version);
    match connection.execute(sql).await.map_err(|error| error.or_conflict(taken(is_shared)))? {
        // PostgreSQL lets two read the same version; the second then finds it gone.
        0 => Err(StoreError::Stale),
        _ => Ok(()),
    }
}

fn check(table: &RunTableSetup) -> Result<(), StoreError> {
    let Some((name, message)) = table.why_not() else { return Ok(()) };
    let field = match name {
        "filter" => "table.filter",
        "groupBy" => "table.groupBy",
        "sort" => "table.sort",
        "columns" => "table.columns",
        "pinned" => "table.pinned",
        "widths" => "table.widths",
        "scales" => "table.scales",
        "kept" => "table.kept",
        _ => "table",
    };
    Err(StoreError::Invalid { field, message })
}

/// Refuses one view more than a person may keep in a project, or than a project may share.
async fn check_room(
    connection: &mut Connection,
    project: ProjectId,
    owner: UserId,
    is_shared: bool,
) -> Result<(), StoreError> {
    let sql = Sql::new(
        "SELECT COUNT(CASE WHEN owner_id = $2 THEN 1 END) AS own, COUNT(CASE WHEN is_shared THEN 1 END) AS shared \
         FROM run_views WHERE project_id = $1",
    );
    let row = connection.fetch_one(sql.with(project).with(owner)).await?;
    let (own, shared): (u64, u64) = (row.get("own")?, row.get("shared")?);
    let max = RunView::MAX;
    if own >= max {
        return Err(StoreError::Conflict(format!(
            "You keep {max} views in this project. Delete some first."
        )));
    }
    if is_shared && shared >= max {
        return Err(StoreError::Conflict(format!("The project shares {max} views. Delete some first.")));
    }
    Ok(())
}

fn taken(is_shared: bool) -> &'static str {
    if is_shared {
        "The project shares a view of this name already; choose another name."
    } else {
        "You have a view of this name already; choose another name."
    }
}

/// Tells listeners that a view has changed, or which of them opens first.
pub(super) fn publish(connection: &mut Connection, project: ProjectId) {
    connection.publish(Event { project_id: project, topic: EventTopic::Views, run_id: None });
}
