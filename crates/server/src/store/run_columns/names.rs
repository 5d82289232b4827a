//! The ids and names of what runs refer to: who started them, and their code, data, model and experiment.

use models::query::Field;
use std::collections::HashMap;

use super::{
    column::{Column, Shared},
    table::Table,
};
use crate::store::{
    Connection, Sql, StoreError, Value,
    run_query::{Reference, Source, source},
};

/// How many names are looked up by one statement: databases bind no more than some ten thousand values.
const MOST_AT_ONCE: usize = 10_000;

/// The id, as the world knows it, and the name of each thing that runs refer to, by field.
#[derive(Debug, Default)]
pub(in crate::store) struct Names(HashMap<Field, HashMap<Shared, (String, String)>>);

impl Names {
    /// Looks up the names that the values of these fields refer to.
    pub(in crate::store) async fn read(
        connection: &mut Connection,
        table: &Table,
        fields: &[Field],
    ) -> Result<Self, StoreError> {
        let mut names = HashMap::new();
        for field in fields {
            let Field::Attribute(attribute) = field else { continue };
            let Source::Reference(reference) = source(*attribute) else { continue };
            let Some(Column::Shared(column)) = table.column(field) else { continue };
            names.insert(field.clone(), of(connection, reference, column.distinct.values()).await?);
        }
        Ok(Self(names))
    }

    /// The id and the name of what a value of the field refers to; `None` when it refers to nothing.
    pub(in crate::store) fn of(&self, field: &Field, value: &Shared) -> Option<&(String, String)> {
        self.0.get(field)?.get(value)
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
        Ok((kept, (row.get::<uuid::Uuid>("id")?.to_string(), row.get("name")?)))
    };
    rows.iter().map(name).collect()
}

fn value(shared: &Shared) -> Option<Value> {
    match shared {
        Shared::Text(_) => None,
        Shared::Id(id) => Some((*id).into()),
        Shared::Number(number) => Some((*number).into()),
    }
}
