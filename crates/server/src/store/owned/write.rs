//! Adds, changes and deletes what a project owns.

use models::event::{Event, EventTopic};
use models::id::{ProjectId, UserId};
use models::problem::FieldErrors;

use super::{Owned, read::without_runs};
use crate::store::{Connection, Once, Sql, Store, StoreError, idempotency};

impl Store {
    /// Adds things of a kind to a project, all of them or none.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when a name is taken in the project; [`StoreError::Invalid`] when one names something
    /// of another project.
    pub async fn add_owned<T: Owned>(
        &self,
        project: ProjectId,
        by: Option<UserId>,
        new: Vec<T::New>,
        once: Option<Once>,
    ) -> Result<Vec<T::Id>, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                if let Some(before) = idempotency::answer_before(connection, once.as_ref()).await? {
                    return Ok(before);
                }
                let mut ids = Vec::new();
                for new in &new {
                    ids.push(T::insert(connection, project, by, new).await?);
                }
                publish(connection, project);
                idempotency::keep_answer(connection, once, &ids).await?;
                Ok(ids)
            })
        })
        .await
    }

    /// Changes a thing that a project owns, if it still is of version `expected`.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when it is not; [`StoreError::NotFound`] when the project has none with this id; else as
    /// [`Store::add_owned`].
    pub async fn change_owned<T: Owned>(
        &self,
        project: ProjectId,
        id: T::Id,
        patch: T::Patch,
        expected: Option<i64>,
    ) -> Result<T, StoreError> {
        let changed = self
            .write(move |connection| {
                Box::pin(async move {
                    let current = without_runs::<T>(connection, project, id).await?;
                    if expected.is_some_and(|expected| expected != current.version()) {
                        return Err(StoreError::Stale);
                    }
                    // PostgreSQL lets two read the same version; the second then finds it gone.
                    if current.update(connection, project, &patch).await? == 0 {
                        return Err(StoreError::Stale);
                    }
                    publish(connection, project);
                    without_runs(connection, project, id).await
                })
            })
            .await?;
        self.with_runs(project, changed).await
    }

    /// Deletes a thing that a project owns. What named it stays, and names it no more.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has none with this id.
    pub async fn delete_owned<T: Owned>(&self, project: ProjectId, id: T::Id) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let mut sql = Sql::new("DELETE FROM ");
                sql.push(T::TABLE).push(" WHERE project_id = ").bind(project);
                sql.push(" AND ").push(T::ID).push(" = ").bind(id);
                if connection.execute(sql).await? == 0 {
                    return Err(StoreError::NotFound);
                }
                let labels = Sql::new("DELETE FROM object_labels WHERE object_id = $1").with(id);
                connection.execute(labels).await?;
                publish(connection, project);
                if T::RUNS.is_some() {
                    connection.publish(Event { project_id: project, topic: EventTopic::Run, run_id: None });
                }
                Ok(())
            })
        })
        .await
    }
}

/// Tells listeners that something a project owns has changed.
pub(in crate::store) fn publish(connection: &mut Connection, project: ProjectId) {
    connection.publish(Event { project_id: project, topic: EventTopic::Repositories, run_id: None });
}

/// The first of `fields` that was refused.
pub(in crate::store) fn refused(errors: &FieldErrors, fields: &[&'static str]) -> StoreError {
    let found = fields.iter().find_map(|field| Some((*field, errors.get(field)?)));
    let (field, message) = found.unwrap_or(("", "some fields need attention"));
    StoreError::Invalid { field, message: message.to_owned() }
}
