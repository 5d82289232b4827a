//! Invitations that wait for an answer.

use models::id::{InvitationId, UserId};
use models::invitation::{Invitation, InvitationTarget};
use models::page::{Page, PageQuery};
use models::permission::Role;
use models::person::User;

use super::target::InvitedTo;
use crate::clock;
use crate::store::{Row, Sql, Store, StoreError};

const COLUMNS: &str = "SELECT i.*, g.name AS group_name, o.name AS organization_name, p.name AS project_name, \
     u.name AS user_name, b.name AS inviter_name ";

const JOINS: &str = " FROM invitations i JOIN users b ON b.user_id = i.invited_by \
     LEFT JOIN users u ON u.user_id = i.user_id LEFT JOIN user_groups g ON g.user_group_id = i.user_group_id \
     LEFT JOIN organizations o ON o.organization_id = i.organization_id \
     LEFT JOIN projects p ON p.project_id = i.project_id WHERE i.expires_at > ";

impl Store {
    /// The invitations that wait for this person, newest first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn invitations_of(
        &self,
        user_id: UserId,
        page: PageQuery,
    ) -> Result<Page<Invitation>, StoreError> {
        let mut condition = waiting();
        condition.push(" AND i.user_id = ").bind(user_id);
        self.invitations(condition, page).await
    }

    /// The invitations to something, newest first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn invitations_to(
        &self,
        to: InvitedTo,
        page: PageQuery,
    ) -> Result<Page<Invitation>, StoreError> {
        let mut condition = waiting();
        condition.push(" AND i.").push(to.column()).push(" = ").bind(to.id());
        self.invitations(condition, page).await
    }

    /// An invitation to something.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none, or it has run out.
    pub async fn invitation_to(&self, to: InvitedTo, id: InvitationId) -> Result<Invitation, StoreError> {
        let mut condition = waiting();
        condition.push(" AND i.").push(to.column()).push(" = ").bind(to.id());
        condition.push(" AND i.invitation_id = ").bind(id);
        let page = PageQuery { startindex: 0, pagelength: 1 };
        self.invitations(condition, page).await?.items.pop().ok_or(StoreError::NotFound)
    }

    async fn invitations(&self, condition: Sql, page: PageQuery) -> Result<Page<Invitation>, StoreError> {
        let mut count = Sql::new("SELECT COUNT(*) AS n ");
        count.append(condition.clone());
        let mut sql = Sql::new(COLUMNS);
        sql.append(condition).push(" ORDER BY i.created_at DESC, i.invitation_id DESC LIMIT ");
        sql.push_number(page.pagelength).push(" OFFSET ").push_number(page.startindex);
        let mut connection = self.read().await?;
        let total_records = connection.fetch_one(count).await?.get("n")?;
        let items = connection.fetch_all(sql).await?.iter().map(read).collect::<Result<_, _>>()?;
        Ok(Page { total_records, items })
    }
}

fn waiting() -> Sql {
    let mut sql = Sql::default();
    sql.push(JOINS).bind(clock::now());
    sql
}

fn read(row: &Row) -> Result<Invitation, StoreError> {
    let named = |user_id, name| User { user_id, name, email: None, is_admin: None };
    let email: Option<String> = row.get("email")?;
    let user = if email.is_some() { None } else { Some(named(row.get("user_id")?, row.get("user_name")?)) };
    Ok(Invitation {
        invitation_id: row.get("invitation_id")?,
        to: target(row)?,
        user,
        email,
        invited_by: named(row.get("invited_by")?, row.get("inviter_name")?),
        created_at: row.get("created_at")?,
        expires_at: row.get("expires_at")?,
    })
}

fn target(row: &Row) -> Result<InvitationTarget, StoreError> {
    if let Some(user_group_id) = row.get("user_group_id")? {
        return Ok(InvitationTarget::Group { user_group_id, name: row.get("group_name")? });
    }
    if let Some(organization_id) = row.get("organization_id")? {
        return Ok(InvitationTarget::Organization { organization_id, name: row.get("organization_name")? });
    }
    let (project_id, name) = (row.get("project_id")?, row.get("project_name")?);
    Ok(InvitationTarget::Project { project_id, name, role: role(row)? })
}

/// The role that an invitation to a project promises.
pub(super) fn role(row: &Row) -> Result<Role, StoreError> {
    let role: Option<String> = row.get("role")?;
    role.as_deref()
        .and_then(Role::named)
        .ok_or_else(|| StoreError::Corrupt("an invitation to a project has no role".to_owned()))
}
