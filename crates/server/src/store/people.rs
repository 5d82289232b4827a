//! What groups and organizations may do in projects, and the labels of projects.

use models::event::{Event, EventTopic};
use models::id::{OrganizationId, ProjectId, UserGroupId};
use models::label::LabelReference;
use models::permission::Role;

use super::{Grantee, Store, StoreError, Team, object_labels};

impl Store {
    /// Gives each member of a group a role in a project, or another one than before.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn set_group_role(
        &self,
        project: ProjectId,
        group: UserGroupId,
        role: Role,
    ) -> Result<(), StoreError> {
        self.set_role(project, Grantee::Team(Team::Group(group)), role).await
    }

    /// Gives each member of an organization a role in a project, or another one than before.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn set_organization_role(
        &self,
        project: ProjectId,
        organization: OrganizationId,
        role: Role,
    ) -> Result<(), StoreError> {
        self.set_role(project, Grantee::Team(Team::Organization(organization)), role).await
    }

    /// Gives a project these labels and no others.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when one is named by an id that no label has.
    pub async fn set_project_labels(
        &self,
        project_id: ProjectId,
        labels: Vec<LabelReference>,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                object_labels::set(connection, project_id, project_id.0, &labels).await?;
                connection.publish(Event { project_id, topic: EventTopic::Project, run_id: None });
                Ok(())
            })
        })
        .await
    }
}
