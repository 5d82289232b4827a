//! The labels of anything: which object has which.

use models::{
    id::{LabelId, ProjectId},
    label::{Label, LabelReference, NewLabel},
};
use std::collections::HashMap;
use uuid::Uuid;

use super::{Connection, Row, Sql, StoreError};

/// The labels of each of these objects, by scope and name; objects without labels are absent.
pub(super) async fn of_objects(
    connection: &mut Connection,
    objects: Vec<Uuid>,
) -> Result<HashMap<Uuid, Vec<Label>>, StoreError> {
    let mut labels = HashMap::<Uuid, Vec<Label>>::new();
    if objects.is_empty() {
        return Ok(labels);
    }
    let mut sql = Sql::new(
        "SELECT o.object_id, l.* FROM object_labels o JOIN labels l ON l.label_id = o.label_id WHERE o.object_id IN (",
    );
    sql.push_list(objects).push(") ORDER BY l.scope, l.name, l.value");
    for row in connection.fetch_all(sql).await? {
        labels.entry(row.get("object_id")?).or_default().push(read(&row)?);
    }
    Ok(labels)
}

/// Gives an object these labels and no others. Labels that do not exist yet are made.
pub(super) async fn set(
    connection: &mut Connection,
    project: ProjectId,
    object: Uuid,
    references: &[LabelReference],
) -> Result<(), StoreError> {
    connection.execute(Sql::new("DELETE FROM object_labels WHERE object_id = $1").with(object)).await?;
    for reference in references {
        let label = made(connection, reference).await?;
        let sql = Sql::new(
            "INSERT INTO object_labels (object_id, label_id, project_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        );
        connection.execute(sql.with(object).with(label).with(project)).await?;
    }
    Ok(())
}

/// The label that is meant; made where it is named and there is none.
pub(super) async fn made(
    connection: &mut Connection,
    reference: &LabelReference,
) -> Result<LabelId, StoreError> {
    match reference {
        LabelReference::Id(id) => existing(connection, *id).await,
        LabelReference::Named(label) => named(connection, label).await,
    }
}

/// The label that is meant, if there is one.
pub(super) async fn found(
    connection: &mut Connection,
    reference: &LabelReference,
) -> Result<Option<LabelId>, StoreError> {
    match reference {
        LabelReference::Id(id) => Ok(Some(*id)),
        LabelReference::Named(label) => with_name(connection, label).await,
    }
}

async fn existing(connection: &mut Connection, id: LabelId) -> Result<LabelId, StoreError> {
    let sql = Sql::new("SELECT label_id FROM labels WHERE label_id = $1").with(id);
    let message = || StoreError::Invalid { field: "labels", message: format!("there is no label {id}") };
    connection.fetch_optional(sql).await?.ok_or_else(message)?.get("label_id")
}

/// The label that reads so; made where there is none.
pub(super) async fn named(connection: &mut Connection, label: &NewLabel) -> Result<LabelId, StoreError> {
    if let Some(id) = with_name(connection, label).await? {
        return Ok(id);
    }
    let value = label.value.as_ref().map(|value| value.as_str());
    let id = LabelId(Uuid::now_v7());
    if let Some(message) = label.why_not_scope() {
        return Err(StoreError::Invalid { field: "labels", message: message.to_owned() });
    }
    let sql =
        Sql::new("INSERT INTO labels (label_id, scope, name, value, color) VALUES ($1, $2, $3, $4, $5)");
    let sql = sql.with(id).with(label.scope.as_str()).with(label.name.as_str()).with(value);
    connection.execute(sql.with(label.color.as_ref().map(|color| color.as_str()))).await?;
    Ok(id)
}

async fn with_name(connection: &mut Connection, label: &NewLabel) -> Result<Option<LabelId>, StoreError> {
    let value = label.value.as_ref().map(|value| value.as_str());
    let sql = Sql::new(
        "SELECT label_id FROM labels WHERE scope = $1 AND name = $2 AND value IS NOT DISTINCT FROM $3 LIMIT 1",
    );
    let sql = sql.with(label.scope.as_str()).with(label.name.as_str()).with(value);
    connection.fetch_optional(sql).await?.map(|row| row.get("label_id")).transpose()
}

pub(super) fn read(row: &Row) -> Result<Label, StoreError> {
    Ok(Label {
        label_id: row.get("label_id")?,
        scope: row.get("scope")?,
        name: row.get("name")?,
        value: row.get("value")?,
        color: row.get("color")?,
        version: row.get("version")?,
        usage: None,
    })
}
