//! Changes of projects, and their end.

use models::event::{Event, EventTopic};
use models::id::{ProjectId, UserId};
use models::permission::Action;
use models::project::ProjectPatch;

use super::record::Texts;
use crate::clock;
use crate::store::{Connection, Row, Sql, Store, StoreError, access, object_labels};

impl Store {
    /// Changes a project, if it still is of version `expected`.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when it is not; [`StoreError::NotFound`] when it is gone or was hidden meanwhile.
    pub async fn change_project(
        &self,
        project_id: ProjectId,
        by: UserId,
        patch: ProjectPatch,
        expected: Option<i64>,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let action = if patch.public.is_some() { Action::ManageMembers } else { Action::EditProject };
                access::require(connection, project_id, by, action).await?;
                let row = current(connection, project_id, expected).await?;
                update(connection, &row, patch).await?;
                connection.publish(Event { project_id, topic: EventTopic::Project, run_id: None });
                Ok(())
            })
        })
        .await
    }

    /// Deletes a project and all that is in it, if it still is of version `expected`.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when it is not; [`StoreError::Conflict`] for a personal project.
    pub async fn delete_project(
        &self,
        project_id: ProjectId,
        by: UserId,
        expected: Option<i64>,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                access::require(connection, project_id, by, Action::DeleteProject).await?;
                current(connection, project_id, expected).await?;
                let personal = Sql::new("SELECT 1 AS one FROM users WHERE personal_project_id = $1").with(project_id);
                if connection.fetch_optional(personal).await?.is_some() {
                    let reason = "This is a personal project: runs that name no project land here. It cannot be deleted.";
                    return Err(StoreError::Conflict(reason.to_owned()));
                }
                connection.execute(Sql::new("DELETE FROM projects WHERE project_id = $1").with(project_id)).await?;
                connection.publish(Event { project_id, topic: EventTopic::Project, run_id: None });
                Ok(())
            })
        })
        .await
    }
}

async fn current(
    connection: &mut Connection,
    project_id: ProjectId,
    expected: Option<i64>,
) -> Result<Row, StoreError> {
    let row = connection
        .fetch_one(Sql::new("SELECT * FROM projects WHERE project_id = $1").with(project_id))
        .await?;
    let version: i64 = row.get("version")?;
    if expected.is_some_and(|expected| expected != version) { Err(StoreError::Stale) } else { Ok(row) }
}

async fn update(connection: &mut Connection, row: &Row, patch: ProjectPatch) -> Result<(), StoreError> {
    let project_id: ProjectId = row.get("project_id")?;
    if let Some(labels) = &patch.labels {
        object_labels::set(connection, project_id, project_id.0, labels).await?;
    }
    let mut texts = Texts::read(row)?;
    texts.name = patch.name.map_or(texts.name, Into::into);
    texts.executive_summary = patch.executive_summary.map_or(texts.executive_summary, Into::into);
    texts.detailed_description = patch.detailed_description.map_or(texts.detailed_description, Into::into);
    let public = patch.public.map_or_else(|| row.get("is_public"), Ok)?;
    let sql = Sql::new(
        "UPDATE projects SET name = $1, executive_summary = $2, detailed_description = $3, search_text = $4, \
         is_public = $5, updated_at = $6, version = version + 1 WHERE project_id = $7 AND version = $8",
    )
    .with(texts.name.as_str())
    .with(texts.executive_summary.as_str())
    .with(texts.detailed_description.as_str())
    .with(texts.search_text())
    .with(public)
    .with(clock::now())
    .with(project_id)
    .with(row.get::<i64>("version")?);
    // PostgreSQL lets two read the same version; the second then finds it gone.
    if connection.execute(sql).await? == 0 { Err(StoreError::Stale) } else { Ok(()) }
}
