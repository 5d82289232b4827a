//! People.

use models::id::{ProjectId, UserId};
use models::page::{Page, PageQuery};
use models::person::User;
use uuid::Uuid;

use super::{Connection, Row, Sql, Store, StoreError, escape_like, invitations, projects};
use crate::clock;
use crate::fold::fold;

/// A person as the server knows her; [`User`] is what others are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Identifies the person.
    pub user_id: UserId,
    /// What she signs in with and is called.
    pub name: String,
    /// Her e-mail address.
    pub email: String,
    /// Whether she administers the platform.
    pub is_admin: bool,
    /// Whether she may not sign in any more.
    pub is_disabled: bool,
    /// Where MLflow experiments land that name no project.
    pub personal_project_id: Option<ProjectId>,
}

/// A person to be added.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// What she signs in with.
    pub name: String,
    /// Her e-mail address.
    pub email: String,
    /// The hash of her password, in PHC form.
    pub password_hash: String,
    /// Whether she administers the platform.
    pub is_admin: bool,
}

impl Account {
    /// The person as she and administrators see her.
    #[must_use]
    pub fn in_full(&self) -> User {
        let (email, is_admin) = (Some(self.email.clone()), Some(self.is_admin));
        User { user_id: self.user_id, name: self.name.clone(), email, is_admin }
    }

    pub(super) fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            user_id: row.get("user_id")?,
            name: row.get("name")?,
            email: row.get("email")?,
            is_admin: row.get("is_admin")?,
            is_disabled: row.get("is_disabled")?,
            personal_project_id: row.get("personal_project_id")?,
        })
    }
}

impl Store {
    /// Adds a person and her personal project.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the name or the address is taken.
    pub async fn create_account(&self, new: NewAccount) -> Result<Account, StoreError> {
        self.write(|connection| Box::pin(async move { insert_account(connection, new).await })).await
    }

    /// Whether there is anybody at all.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn has_users(&self) -> Result<bool, StoreError> {
        has_users(&mut self.read().await?).await
    }

    /// The person with this name.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]
    pub async fn account_by_name(&self, name: &str) -> Result<Account, StoreError> {
        let sql = Sql::new("SELECT * FROM users WHERE name_key = $1").with(fold(name));
        Account::read(&self.read().await?.fetch_one(sql).await?)
    }

    /// The person who signs in with this name or address, and the hash of her password.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn password_of(&self, name: &str) -> Result<Option<(Account, String)>, StoreError> {
        let key = fold(name);
        let sql =
            Sql::new("SELECT * FROM users WHERE name_key = $1 OR email_key = $2").with(key.clone()).with(key);
        let row = self.read().await?.fetch_optional(sql).await?;
        row.map(|row| Ok((Account::read(&row)?, row.get("password_hash")?))).transpose()
    }

    /// A person as `viewer` sees her.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]
    pub async fn user(&self, user_id: UserId, viewer: &Account) -> Result<User, StoreError> {
        let mut connection = self.read().await?;
        let sql = Sql::new("SELECT * FROM users WHERE user_id = $1").with(user_id);
        let account = Account::read(&connection.fetch_one(sql).await?)?;
        if user_id == viewer.user_id || viewer.is_admin {
            return Ok(account.in_full());
        }
        let email = share_a_project(&mut connection, user_id, viewer.user_id).await?.then_some(account.email);
        Ok(User { user_id, name: account.name, email, is_admin: None })
    }

    /// People whose name contains `text`, by name.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn search_users(&self, text: &str, page: PageQuery) -> Result<Page<User>, StoreError> {
        let pattern = format!("%{}%", escape_like(&fold(text)));
        let matching = r"FROM users WHERE name_key LIKE $1 ESCAPE '\' AND NOT is_disabled";
        let mut connection = self.read().await?;
        let mut count = Sql::new("SELECT COUNT(*) AS n ").with(pattern.clone());
        count.push(matching);
        let mut sql = Sql::new("SELECT user_id, name ").with(pattern);
        sql.push(matching).push(" ORDER BY name_key LIMIT ").push_number(page.pagelength);
        sql.push(" OFFSET ").push_number(page.startindex);
        let total_records = connection.fetch_one(count).await?.get("n")?;
        let rows = connection.fetch_all(sql).await?;
        let items = rows.iter().map(named).collect::<Result<_, StoreError>>()?;
        Ok(Page { total_records, items })
    }
}

/// A person as everybody sees her.
fn named(row: &Row) -> Result<User, StoreError> {
    Ok(User { user_id: row.get("user_id")?, name: row.get("name")?, email: None, is_admin: None })
}

pub(super) async fn has_users(connection: &mut Connection) -> Result<bool, StoreError> {
    connection.fetch_optional("SELECT 1 AS one FROM users LIMIT 1").await.map(|row| row.is_some())
}

/// Adds a person and her personal project.
pub(super) async fn insert_account(
    connection: &mut Connection,
    new: NewAccount,
) -> Result<Account, StoreError> {
    let taken = "this name or e-mail address is taken; choose another";
    // Each signs in with either: nobody may be called as somebody else is addressed.
    let crossed = Sql::new("SELECT 1 AS one FROM users WHERE email_key = $1 OR name_key = $2");
    if connection.fetch_optional(crossed.with(fold(&new.name)).with(fold(&new.email))).await?.is_some() {
        return Err(StoreError::Conflict(taken.to_owned()));
    }
    let user_id = UserId(Uuid::now_v7());
    let sql = Sql::new(
        "INSERT INTO users (user_id, name, name_key, email, email_key, password_hash, is_admin, is_disabled, \
         created_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)",
    )
    .with(user_id)
    .with(new.name.as_str())
    .with(fold(&new.name))
    .with(new.email.as_str())
    .with(fold(&new.email))
    .with(new.password_hash)
    .with(new.is_admin)
    .with(false)
    .with(clock::now());
    connection.execute(sql).await.map_err(|error| error.or_conflict(taken))?;
    let project_id = projects::insert_personal(connection, user_id, &new.name).await?;
    let sql = Sql::new("UPDATE users SET personal_project_id = $1 WHERE user_id = $2")
        .with(project_id)
        .with(user_id);
    connection.execute(sql).await?;
    invitations::bind(connection, user_id, &new.email).await?;
    Ok(Account {
        user_id,
        name: new.name,
        email: new.email,
        is_admin: new.is_admin,
        is_disabled: false,
        personal_project_id: Some(project_id),
    })
}

/// Whether two people work in a project together: each owns it or has a role of her own in it.
async fn share_a_project(
    connection: &mut Connection,
    one: UserId,
    other: UserId,
) -> Result<bool, StoreError> {
    let mut sql = Sql::new("SELECT 1 AS one FROM (");
    push_projects(&mut sql, one);
    sql.push(") a JOIN (");
    push_projects(&mut sql, other);
    sql.push(") b ON a.project_id = b.project_id LIMIT 1");
    connection.fetch_optional(sql).await.map(|row| row.is_some())
}

fn push_projects(sql: &mut Sql, user_id: UserId) {
    sql.push("SELECT project_id FROM projects WHERE owner_id = ").bind(user_id);
    sql.push(" UNION SELECT project_id FROM project_members WHERE user_id = ").bind(user_id);
}
