//! Saving, changing and deleting templates.

use models::event::{Event, EventTopic};
use models::id::{ProjectId, RunTemplateId, UserId};
use models::run_template::{NewRunTemplate, RunDraft, RunTemplate, RunTemplatePatch};
use uuid::Uuid;

use super::read::one;
use crate::clock;
use crate::fold::fold;
use crate::store::{Connection, Once, Sql, Store, StoreError, idempotency};

impl Store {
    /// Saves a template of a person.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when the draft cannot be kept so; [`StoreError::Conflict`] when the name is taken, or there are
    /// [`RunTemplate::MAX`] templates already.
    pub async fn create_run_template(
        &self,
        project: ProjectId,
        owner: UserId,
        new: NewRunTemplate,
        once: Option<Once>,
    ) -> Result<RunTemplate, StoreError> {
        check(&new.draft)?;
        let draft = serde_json::to_string(&new.draft)?;
        self.write(move |connection| {
            Box::pin(async move {
                if let Some(before) = idempotency::answer_before(connection, once.as_ref()).await? {
                    return Ok(before);
                }
                check_room(connection, project, owner, new.is_shared).await?;
                let id = RunTemplateId(Uuid::now_v7());
                let sql = Sql::new(
                    "INSERT INTO run_templates (template_id, project_id, owner_id, name, name_key, is_shared, draft, \
                     created_at, updated_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, 1)",
                );
                let sql = sql.with(id).with(project).with(owner).with(new.name.as_str());
                let sql = sql.with(fold(new.name.as_str())).with(new.is_shared).with(draft).with(clock::now());
                connection.execute(sql).await.map_err(|error| error.or_conflict(taken(new.is_shared)))?;
                publish(connection, project);
                let made = one(connection, project, owner, id).await?;
                idempotency::keep_answer(connection, once, &made).await?;
                Ok(made)
            })
        })
        .await
    }

    /// Changes a template that a person sees and that is of version `expected`.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Stale`] when it is of another version; [`StoreError::Invalid`] when the draft
    /// cannot be kept so; [`StoreError::Conflict`] when the name is taken, or there are as many as there
    /// may be where it is to go.
    pub async fn change_run_template(
        &self,
        project: ProjectId,
        user: UserId,
        id: RunTemplateId,
        patch: RunTemplatePatch,
        expected: i64,
    ) -> Result<RunTemplate, StoreError> {
        patch.draft.as_ref().map_or(Ok(()), check)?;
        self.write(move |connection| {
            Box::pin(async move {
                let template = one(connection, project, user, id).await?;
                if template.version != expected {
                    return Err(StoreError::Stale);
                }
                let is_shared = patch.is_shared.unwrap_or(template.is_shared);
                if is_shared != template.is_shared {
                    check_room(connection, project, template.owner.user_id, is_shared).await?;
                }
                update(connection, &template, patch, is_shared).await?;
                publish(connection, project);
                one(connection, project, user, id).await
            })
        })
        .await
    }

    /// Deletes a template that is of version `expected`.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when it is of another version, or gone.
    pub async fn delete_run_template(
        &self,
        project: ProjectId,
        id: RunTemplateId,
        expected: i64,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let sql = Sql::new(
                    "DELETE FROM run_templates WHERE project_id = $1 AND template_id = $2 AND version = $3",
                );
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
    template: &RunTemplate,
    patch: RunTemplatePatch,
    is_shared: bool,
) -> Result<(), StoreError> {
    let name = patch.name.map_or_else(|| template.name.clone(), String::from);
    let draft = serde_json::to_string(patch.draft.as_ref().unwrap_or(&template.draft))?;
    let sql = Sql::new(
        "UPDATE run_templates SET name = $1, name_key = $2, is_shared = $3, draft = $4, updated_at = $5, \
         version = version + 1 WHERE template_id = $6 AND version = $7",
    );
    let sql = sql.with(name.as_str()).with(fold(&name)).with(is_shared).with(draft).with(clock::now());
    let sql = sql.with(template.template_id).with(template.version);
    match connection.execute(sql).await.map_err(|error| error.or_conflict(taken(is_shared)))? {
        // PostgreSQL lets two read the same version; the second then finds it gone.
        0 => Err(StoreError::Stale),
        _ => Ok(()),
    }
}

fn check(draft: &RunDraft) -> Result<(), StoreError> {
    let Some((name, message)) = draft.why_not() else { return Ok(()) };
    let field = match name {
        "mlflowParameters" => "draft.mlflowParameters",
        "backendConfigYaml" => "draft.backendConfigYaml",
        _ => "draft",
    };
    Err(StoreError::Invalid { field, message })
}

/// Refuses one template more than a person may keep in a project, or than a project may share.
async fn check_room(
    connection: &mut Connection,
    project: ProjectId,
    owner: UserId,
    is_shared: bool,
) -> Result<(), StoreError> {
    let sql = Sql::new(
        "SELECT COUNT(CASE WHEN owner_id = $2 AND NOT is_shared THEN 1 END) AS own, \
         COUNT(CASE WHEN is_shared THEN 1 END) AS shared FROM run_templates WHERE project_id = $1",
    );
    let row = connection.fetch_one(sql.with(project).with(owner)).await?;
    let (own, shared): (u64, u64) = (row.get("own")?, row.get("shared")?);
    let max = RunTemplate::MAX;
    if !is_shared && own >= max {
        return Err(StoreError::Conflict(format!(
            "You keep {max} templates in this project. Delete some first."
        )));
    }
    if is_shared && shared >= max {
        return Err(StoreError::Conflict(format!("The project shares {max} templates. Delete some first.")));
    }
    Ok(())
}

fn taken(is_shared: bool) -> &'static str {
    if is_shared {
        "The project shares a template of this name already; choose another name."
    } else {
        "You have a template of this name already; choose another name."
    }
}

/// Tells listeners that a template has changed.
fn publish(connection: &mut Connection, project: ProjectId) {
    connection.publish(Event { project_id: project, topic: EventTopic::RunTemplates, run_id: None });
}
