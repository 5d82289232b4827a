//! Labels themselves, whatever has them.

use models::event::{Event, EventTopic};
use models::id::{LabelId, ProjectId};
use models::label::{Label, LabelPatch, LabelSearch, NewLabel};
use models::page::{Page, PageQuery};

use super::{Connection, Sql, Store, StoreError, escape_like, object_labels};

const TAKEN: &str = "There is such a label already; merge the two instead.";

impl Store {
    /// A page of the labels that `search` wants, by scope, name and value.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn labels(&self, search: &LabelSearch, page: PageQuery) -> Result<Page<Label>, StoreError> {
        let mut connection = self.read().await?;
        let mut count = Sql::new("SELECT COUNT(*) AS n");
        push_wanted(&mut count, search);
        let total_records = connection.fetch_one(count).await?.get("n")?;
        let mut sql = Sql::new("SELECT *");
        push_wanted(&mut sql, search);
        sql.push(" ORDER BY scope, name, value, label_id LIMIT ").push_number(page.pagelength);
        sql.push(" OFFSET ").push_number(page.startindex);
        let rows = connection.fetch_all(sql).await?;
        let items = rows.iter().map(object_labels::read).collect::<Result<_, _>>()?;
        Ok(Page { total_records, items })
    }

    /// As [`Store::labels`], each with the number of things that have it.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn labels_with_usage(
        &self,
        search: &LabelSearch,
        page: PageQuery,
    ) -> Result<Page<Label>, StoreError> {
        let mut page = self.labels(search, page).await?;
        page.items.iter_mut().for_each(|label| label.usage = Some(0));
        if page.items.is_empty() {
            return Ok(page);
        }
        let mut sql = Sql::new("SELECT label_id, COUNT(*) AS n FROM object_labels WHERE label_id IN (");
        sql.push_list(page.items.iter().map(|label| label.label_id)).push(") GROUP BY label_id");
        for row in self.read().await?.fetch_all(sql).await? {
            let (id, n) = (row.get::<LabelId>("label_id")?, row.get("n")?);
            page.items
                .iter_mut()
                .filter(|label| label.label_id == id)
                .for_each(|label| label.usage = Some(n));
        }
        Ok(page)
    }

    /// The label that reads so; made where there is none.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when its scope is reserved.
    pub async fn create_label(&self, new: NewLabel) -> Result<Label, StoreError> {
        check_scope(new.why_not_scope())?;
        self.write(move |connection| {
            Box::pin(async move {
                let id = object_labels::named(connection, &new).await?;
                one(connection, id).await
            })
        })
        .await
    }

    /// A label.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]
    pub async fn label(&self, id: LabelId) -> Result<Label, StoreError> {
        one(&mut self.read().await?, id).await
    }

    /// Changes a label wherever it is used, if it still is of version `expected`.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when it is not; [`StoreError::NotFound`]; [`StoreError::Conflict`] when another label reads
    /// so; [`StoreError::Invalid`] when its scope is reserved.
    pub async fn change_label(
        &self,
        id: LabelId,
        patch: LabelPatch,
        expected: Option<i64>,
    ) -> Result<Label, StoreError> {
        check_scope(patch.scope.as_ref().and_then(|scope| scope.why_not_label()))?;
        self.write(move |connection| {
            Box::pin(async move {
                let current = one(connection, id).await?;
                if expected.is_some_and(|expected| expected != current.version) {
                    return Err(StoreError::Stale);
                }
                update(connection, current, patch).await?;
                publish(connection, id).await?;
                one(connection, id).await
            })
        })
        .await
    }

    /// Gives whatever has a label another one instead, and deletes it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Invalid`] when there is no other, or it is the same.
    pub async fn merge_label(&self, id: LabelId, into: LabelId) -> Result<Label, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                one(connection, id).await?;
                let invalid =
                    || StoreError::Invalid { field: "into", message: "choose another label".to_owned() };
                if id == into {
                    return Err(invalid());
                }
                let stays = one(connection, into).await.map_err(|error| {
                    if matches!(error, StoreError::NotFound) { invalid() } else { error }
                })?;
                publish(connection, id).await?;
                let sql = Sql::new(
                    "INSERT INTO object_labels (object_id, label_id, project_id) \
                     SELECT object_id, $1, project_id FROM object_labels WHERE label_id = $2 ON CONFLICT DO NOTHING",
                );
                connection.execute(sql.with(into).with(id)).await?;
                connection.execute(Sql::new("DELETE FROM labels WHERE label_id = $1").with(id)).await?;
                Ok(stays)
            })
        })
        .await
    }

    /// Deletes a label; whatever has it has it no more.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]
    pub async fn delete_label(&self, id: LabelId) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                publish(connection, id).await?;
                let sql = Sql::new("DELETE FROM labels WHERE label_id = $1").with(id);
                if connection.execute(sql).await? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
            })
        })
        .await
    }
}

fn check_scope(why_not: Option<&'static str>) -> Result<(), StoreError> {
    let refused = |message: &str| StoreError::Invalid { field: "scope", message: message.to_owned() };
    why_not.map_or(Ok(()), |message| Err(refused(message)))
}

fn push_wanted(sql: &mut Sql, search: &LabelSearch) {
    sql.push(" FROM labels WHERE TRUE");
    if let Some(scope) = &search.scope {
        sql.push(" AND scope = ").bind(scope.as_str());
    }
    let text = search.search_string.as_deref().map(str::trim).filter(|text| !text.is_empty());
    if let Some(text) = text {
        let pattern = format!("%{}%", escape_like(text));
        sql.push(" AND (LOWER(name) LIKE LOWER(").bind(pattern.as_str());
        sql.push(r") ESCAPE '\' OR LOWER(value) LIKE LOWER(").bind(pattern).push(r") ESCAPE '\')");
    }
}

async fn one(connection: &mut Connection, id: LabelId) -> Result<Label, StoreError> {
    let row = connection.fetch_one(Sql::new("SELECT * FROM labels WHERE label_id = $1").with(id)).await?;
    object_labels::read(&row)
}

async fn update(connection: &mut Connection, current: Label, patch: LabelPatch) -> Result<(), StoreError> {
    let id = current.label_id;
    let scope = patch.scope.map_or(current.scope, Into::into);
    let name = patch.name.map_or(current.name, Into::into);
    let value = patch.value.map_or(current.value, |value| value.map(Into::into));
    let color = patch.color.map_or(current.color, |color| color.map(Into::into));
    // The constraint of the table takes two labels without a value for different ones.
    let twin = Sql::new(
        "SELECT 1 AS one FROM labels WHERE scope = $1 AND name = $2 AND value IS NOT DISTINCT FROM $3 \
         AND label_id <> $4",
    );
    let twin = twin.with(scope.as_str()).with(name.as_str()).with(value.as_deref()).with(id);
    if connection.fetch_optional(twin).await?.is_some() {
        return Err(StoreError::Conflict(TAKEN.to_owned()));
    }
    let sql = Sql::new(
        "UPDATE labels SET scope = $1, name = $2, value = $3, color = $4, version = version + 1 \
         WHERE label_id = $5 AND version = $6",
    );
    let sql = sql.with(scope).with(name).with(value).with(color).with(id).with(current.version);
    let changed = connection.execute(sql).await.map_err(|error| error.or_conflict(TAKEN))?;
    // PostgreSQL lets two read the same version; the second then finds it gone.
    if changed == 0 { Err(StoreError::Stale) } else { Ok(()) }
}

/// Tells those who look at a project in which something has the label.
async fn publish(connection: &mut Connection, id: LabelId) -> Result<(), StoreError> {
    let sql = Sql::new("SELECT DISTINCT project_id FROM object_labels WHERE label_id = $1").with(id);
    for row in connection.fetch_all(sql).await? {
        let project_id: ProjectId = row.get("project_id")?;
        for topic in [EventTopic::Project, EventTopic::Repositories, EventTopic::Experiments, EventTopic::Run]
        {
            connection.publish(Event { project_id, topic, run_id: None });
        }
    }
    Ok(())
}
