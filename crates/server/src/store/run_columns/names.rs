//! The ids and names of what runs refer to: who started them, their code, data, model and experiment, and their labels.

use models::query::Field;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

use super::{
    column::{Column, Shared},
    table::Table,
};
use crate::store::{
    Connection, Sql, Store, StoreError, Value,
    run_query::{LABEL_TEXT, Reference, Source, source},
};

/// How many names are looked up by one statement: databases bind no more than some ten thousand values.
const MOST_AT_ONCE: usize = 10_000;

/// The id, as the world knows it, and the name of each thing that runs refer to, by field.
#[derive(Debug, Default)]
pub(in crate::store) struct Names(HashMap<Field, HashMap<Shared, (String, String)>>);

impl Names {
    /// Looks up the names that the values of these fields refer to. Who asks must hold no connection.
    pub(in crate::store) async fn read(
        store: &Store,
        table: &Table,
        fields: &[Field],
    ) -> Result<Self, StoreError> {
        let mut names = HashMap::new();
        for field in fields {
            let Field::Attribute(attribute) = field else { continue };
            let Some(Column::Shared(column)) = table.column(field) else { continue };
            let values = column.distinct.values();
            let known = match source(*attribute) {
                Source::Reference(reference) => of(&mut store.read().await?, reference, values).await?,
                Source::Labels => labels(&mut store.read().await?, values).await?,
                Source::Text(_) | Source::Number(_) | Source::RunId => continue,
            };
            names.insert(field.clone(), known);
        }
        Ok(Self(names))
    }

    /// The id and the name of what a value of the field refers to; `None` when it refers to nothing, or to several things,
    /// of which each is asked for by its id.
    pub(in crate::store) fn of(&self, field: &Field, value: &Shared) -> Option<&(String, String)> {
        self.0.get(field)?.get(value)
    }

    /// The ids and names of the things that a value of the field refers to.
    pub(super) fn of_several(&self, field: &Field, ids: &[Uuid]) -> impl Iterator<Item = (Uuid, &str)> {
        let known = self.0.get(field);
        let name = move |id: &Uuid| Some((*id, known?.get(&Shared::Id(*id))?.1.as_str()));
        ids.iter().filter_map(name)
    }

    /// Whether the values of the field refer to something.
    pub(super) fn know(&self, field: &Field) -> bool {
        self.0.contains_key(field)
    }
}

async fn of(
    connection: &mut Connection,
    reference: &Reference,
    values: &[Shared],
) -> Result<HashMap<Shared, (String, String)>, StoreError> {
    let kept: Vec<Value> = values.iter().filter_map(value).collect();
    let mut rows = Vec::new();
    for some in kept.chunks(MOST_AT_ONCE) {
        let mut sql = Sql::new("SELECT ");
        sql.push(reference.kept).push(" AS kept, ").push(reference.id).push(" AS id, x.name AS name FROM ");
        sql.push(reference.table).push(" x WHERE ").push(reference.kept).push(" IN (");
        sql.push_list(some.iter().cloned()).push(")");
        rows.extend(connection.fetch_all(sql).await?);
    }
    let name = |row: &crate::store::Row| {
        let kept = if reference.is_numbered() {
            Shared::Number(row.get("kept")?)
        } else {
            Shared::Id(row.get("kept")?)
        };
        Ok((kept, (row.get::<Uuid>("id")?.to_string(), row.get("name")?)))
    };
    rows.iter().map(name).collect()
}

/// The labels that runs have.
async fn labels(
    connection: &mut Connection,
    values: &[Shared],
) -> Result<HashMap<Shared, (String, String)>, StoreError> {
    let ids = values.iter().flat_map(|value| match value {
        Shared::Several(ids) => ids.as_slice(),
        Shared::Text(_) | Shared::Id(_) | Shared::Number(_) => &[],
    });
    let ids: BTreeSet<Uuid> = ids.copied().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new("SELECT x.label_id AS id, ");
    sql.push(LABEL_TEXT).push(" AS text FROM labels x WHERE x.label_id IN (");
    sql.push_list(ids.into_iter().collect::<Vec<_>>()).push(")");
    let rows = connection.fetch_all(sql).await?;
    let name = |row: &crate::store::Row| {
        let id: Uuid = row.get("id")?;
        Ok((Shared::Id(id), (id.to_string(), row.get("text")?)))
    };
    rows.iter().map(name).collect()
}

fn value(shared: &Shared) -> Option<Value> {
    match shared {
        Shared::Text(_) | Shared::Several(_) => None,
        Shared::Id(id) => Some((*id).into()),
        Shared::Number(number) => Some((*number).into()),
    }
}
