//! All people, as administrators see them.

use models::page::{Page, PageQuery};
use models::person::UserRecord;

use super::{Account, Row, Sql, Store, StoreError, escape_like};
use crate::fold::fold;

impl Store {
    /// People whose name or address contains `text`, also those who may not sign in, by name.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn user_records(&self, text: &str, page: PageQuery) -> Result<Page<UserRecord>, StoreError> {
        let mut count = Sql::new("SELECT COUNT(*) AS n ");
        push_matching(&mut count, text);
        let mut sql = Sql::new(
            "SELECT u.*, (SELECT MAX(s.last_seen_at) FROM sessions s WHERE s.user_id = u.user_id) AS last_seen_at, \
             (SELECT COUNT(*) FROM projects p WHERE p.owner_id = u.user_id) AS n_projects ",
        );
        push_matching(&mut sql, text);
        sql.push(" ORDER BY u.name_key LIMIT ").push_number(page.pagelength);
        sql.push(" OFFSET ").push_number(page.startindex);
        let mut connection = self.read().await?;
        let total_records = connection.fetch_one(count).await?.get("n")?;
        let items = connection.fetch_all(sql).await?.iter().map(read).collect::<Result<_, _>>()?;
        Ok(Page { total_records, items })
    }
}

fn push_matching(sql: &mut Sql, text: &str) {
    let pattern = format!("%{}%", escape_like(&fold(text)));
    sql.push("FROM users u WHERE (u.name_key LIKE ").bind(pattern.clone()).push(r" ESCAPE '\'");
    sql.push(" OR u.email_key LIKE ").bind(pattern).push(r" ESCAPE '\')");
}

fn read(row: &Row) -> Result<UserRecord, StoreError> {
    let account = Account::read(row)?;
    Ok(UserRecord {
        user: account.in_full(),
        is_disabled: account.is_disabled,
        created_at: row.get("created_at")?,
        last_seen_at: row.get("last_seen_at")?,
        n_projects: row.get("n_projects")?,
    })
}
