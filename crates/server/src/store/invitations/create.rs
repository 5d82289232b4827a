//! New invitations.

use models::id::{InvitationId, UserId};
use models::invitation::NewInvitation;
use models::permission::Role;
use uuid::Uuid;

use super::target::{InvitedTo, tell};
use crate::store::{Connection, Once, Sql, Store, StoreError, idempotency};
use crate::{clock, fold::fold};

const DAY: i64 = 24 * 3_600_000;

/// Who is invited. Whoever was named by an address is known to the one who invites by it alone.
struct Invitee {
    user_id: Option<UserId>,
    email: Option<String>,
}

impl Store {
    /// Invites somebody. With an address the outcome is the same whether it is somebody's or not.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when there is nobody of that id or name; [`StoreError::Conflict`] when she was invited
    /// already.
    pub async fn invite(
        &self,
        to: InvitedTo,
        by: UserId,
        new: NewInvitation,
        role: Option<Role>,
        once: Option<Once>,
    ) -> Result<InvitationId, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                if let Some(before) = idempotency::answer_before(connection, once.as_ref()).await? {
                    return Ok(before);
                }
                to.require(connection, by).await?;
                let invitee = find(connection, new).await?;
                refuse_second(connection, to, &invitee).await?;
                let id = insert(connection, to, by, &invitee, role).await?;
                tell(connection, invitee.user_id, to.project()).await?;
                idempotency::keep_answer(connection, once, &id).await?;
                Ok(id)
            })
        })
        .await
    }
}

async fn find(connection: &mut Connection, new: NewInvitation) -> Result<Invitee, StoreError> {
    let mut sql = Sql::new("SELECT user_id FROM users WHERE NOT is_disabled AND ");
    if let Some(email) = new.email {
        sql.push("email_key = ").bind(fold(email.as_str()));
        let row = connection.fetch_optional(sql).await?;
        let user_id = row.map(|row| row.get("user_id")).transpose()?;
        return Ok(Invitee { user_id, email: Some(email.into()) });
    }
    match (new.user_id, new.name) {
        (Some(user_id), _) => sql.push("user_id = ").bind(user_id),
        (None, name) => sql.push("name_key = ").bind(name.map(|name| fold(name.as_str()))),
    };
    match connection.fetch_optional(sql).await? {
        Some(row) => Ok(Invitee { user_id: Some(row.get("user_id")?), email: None }),
        None => {
            let message = "there is nobody of this name who can sign in here".to_owned();
            Err(StoreError::Invalid { field: "name", message })
        }
    }
}

/// Also forgets invitations that have run out. An invitation by address is only ever compared with others by address:
/// anything else would tell whose it is.
async fn refuse_second(
    connection: &mut Connection,
    to: InvitedTo,
    invitee: &Invitee,
) -> Result<(), StoreError> {
    let ended = Sql::new("DELETE FROM invitations WHERE expires_at <= $1").with(clock::now());
    connection.execute(ended).await?;
    let mut sql = Sql::new("SELECT 1 AS one FROM invitations WHERE ");
    sql.push(to.column()).push(" = ").bind(to.id());
    match &invitee.email {
        Some(email) => sql.push(" AND email_key = ").bind(fold(email)),
        None => sql.push(" AND email_key IS NULL AND user_id = ").bind(invitee.user_id),
    };
    if connection.fetch_optional(sql).await?.is_some() {
        let reason = "This person was invited already, and has not answered yet.";
        return Err(StoreError::Conflict(reason.to_owned()));
    }
    Ok(())
}

async fn insert(
    connection: &mut Connection,
    to: InvitedTo,
    by: UserId,
    invitee: &Invitee,
    role: Option<Role>,
) -> Result<InvitationId, StoreError> {
    let (id, now) = (InvitationId(Uuid::now_v7()), clock::now());
    let mut sql = Sql::new("INSERT INTO invitations (");
    sql.push(to.column());
    sql.push(", invitation_id, role, user_id, email, email_key, invited_by, created_at, expires_at) VALUES ");
    sql.push_rows([[
        to.id().into(),
        id.into(),
        role.map(Role::as_str).into(),
        invitee.user_id.into(),
        invitee.email.clone().into(),
        invitee.email.as_deref().map(fold).into(),
        by.into(),
        now.into(),
        (now.0 + NewInvitation::DAYS * DAY).into(),
    ]]);
    connection.execute(sql).await?;
    Ok(id)
}

/// Gives somebody who was just added the invitations to her address. Who changes her own address gets none: nobody has
/// checked that it is hers.
pub(in crate::store) async fn bind(
    connection: &mut Connection,
    user_id: UserId,
    email: &str,
) -> Result<(), StoreError> {
    let sql = Sql::new("UPDATE invitations SET user_id = $1 WHERE user_id IS NULL AND email_key = $2");
    connection.execute(sql.with(user_id).with(fold(email))).await.map(drop)
}
