//! New groups and organizations.

use models::id::{OrganizationId, UserGroupId, UserId};
use models::person::{NewOrganization, NewUserGroup};
use uuid::Uuid;

use super::change::{add_members, set_groups};
use super::check;
use super::team::{GROUP, Names, ORGANIZATION, Team};
use crate::store::{Connection, Once, Sql, Store, StoreError, idempotency};
use crate::{clock, fold::fold};

impl Store {
    /// Makes a group that this person administers and belongs to.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the name is taken; [`StoreError::Invalid`] when somebody does not exist.
    pub async fn create_group(
        &self,
        admin: UserId,
        new: NewUserGroup,
        once: Option<Once>,
    ) -> Result<UserGroupId, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                if let Some(before) = idempotency::answer_before(connection, once.as_ref()).await? {
                    return Ok(before);
                }
                let id = UserGroupId(Uuid::now_v7());
                insert(connection, GROUP, id.0, new.name.as_str(), admin).await?;
                check::people(connection, "members", &new.members).await?;
                add_members(connection, Team::Group(id), admin, new.members).await?;
                idempotency::keep_answer(connection, once, &id).await?;
                Ok(id)
            })
        })
        .await
    }

    /// Makes an organization whose contact this person is.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the name is taken; [`StoreError::Invalid`] when somebody does not exist, or for a
    /// group that the contact does not belong to.
    pub async fn create_organization(
        &self,
        contact: UserId,
        new: NewOrganization,
        once: Option<Once>,
    ) -> Result<OrganizationId, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                if let Some(before) = idempotency::answer_before(connection, once.as_ref()).await? {
                    return Ok(before);
                }
                let id = OrganizationId(Uuid::now_v7());
                insert(connection, ORGANIZATION, id.0, new.name.as_str(), contact).await?;
                set_groups(connection, id, contact, new.groups).await?;
                check::people(connection, "members", &new.members).await?;
                add_members(connection, Team::Organization(id), contact, new.members).await?;
                idempotency::keep_answer(connection, once, &id).await?;
                Ok(id)
            })
        })
        .await
    }
}

async fn insert(
    connection: &mut Connection,
    names: &'static Names,
    id: Uuid,
    name: &str,
    lead: UserId,
) -> Result<(), StoreError> {
    let mut sql = Sql::new("INSERT INTO ");
    sql.push(names.table).push(" (").push(names.id).push(", ").push(names.lead);
    sql.push(", name, name_key, created_at, version) VALUES ");
    sql.push_rows([[
        id.into(),
        lead.into(),
        name.into(),
        fold(name).into(),
        clock::now().into(),
        1_i64.into(),
    ]]);
    connection.execute(sql).await.map(drop).map_err(|error| error.or_conflict(&taken(names)))
}

/// Why a name cannot be used.
pub(super) fn taken(names: &Names) -> String {
    format!("There is another {} of this name; choose another name.", names.noun)
}
