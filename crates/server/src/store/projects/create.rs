//! New projects.

use models::event::{Event, EventTopic};
use models::id::{ProjectId, UserId};
use models::project::NewProject;
use uuid::Uuid;

use super::record::Texts;
use crate::clock;
use crate::store::{Connection, Once, Sql, Store, StoreError, idempotency, object_labels};

impl Store {
    /// Adds a project, owned by `owner`.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn create_project(
        &self,
        owner: UserId,
        new: NewProject,
        once: Option<Once>,
    ) -> Result<ProjectId, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                if let Some(before) = idempotency::answer_before(connection, once.as_ref()).await? {
                    return Ok(before);
                }
                let texts = Texts {
                    name: new.name.into(),
                    executive_summary: new.executive_summary.into(),
                    detailed_description: new.detailed_description.into(),
                };
                let project_id = insert(connection, owner, texts, new.public).await?;
                object_labels::set(connection, project_id, project_id.0, &new.labels).await?;
                idempotency::keep_answer(connection, once, &project_id).await?;
                Ok(project_id)
            })
        })
        .await
    }
}

/// Adds the project in which a person's MLflow experiments land that name no project.
pub(in crate::store) async fn insert_personal(
    connection: &mut Connection,
    owner: UserId,
    name: &str,
) -> Result<ProjectId, StoreError> {
    let texts = Texts {
        name: format!("{name}'s project"),
        executive_summary: "Runs that name no other project land here.".to_owned(),
        detailed_description: String::new(),
    };
    insert(connection, owner, texts, false).await
}

async fn insert(
    connection: &mut Connection,
    owner: UserId,
    texts: Texts,
    public: bool,
) -> Result<ProjectId, StoreError> {
    let project_id = ProjectId(Uuid::now_v7());
    let now = clock::now();
    let sql = Sql::new(
        "INSERT INTO projects (project_id, name, executive_summary, detailed_description, search_text, owner_id, \
         is_public, created_at, updated_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)",
    )
    .with(project_id)
    .with(texts.name.as_str())
    .with(texts.executive_summary.as_str())
    .with(texts.detailed_description.as_str())
    .with(texts.search_text())
    .with(owner)
    .with(public)
    .with(now)
    .with(now);
    connection.execute(sql).await?;
    connection.publish(Event { project_id, topic: EventTopic::Project, run_id: None });
    Ok(project_id)
}
