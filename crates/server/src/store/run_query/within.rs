//! Groups as conditions on a run `r`.

use models::{query::Field, run_table::GroupKey};

use super::{
    attribute::{Source, source},
    context::Context,
    labels,
};
use crate::store::Sql;

/// What a run `r` must fulfil to be in the group.
pub(super) fn condition(context: &Context, key: &GroupKey) -> Sql {
    match (&key.field, &key.value) {
        (Field::Attribute(attribute), value) => of_attribute(source(*attribute), value.as_deref()),
        (field, None) => without(context, field),
        (field, Some(text)) => logged(context, field, text),
    }
}

fn of_attribute(source: Source, value: Option<&str>) -> Sql {
    let column = match source {
        Source::Text(column) | Source::Number(column) => column,
        Source::RunId => "r.run_id",
        Source::Reference(reference) => reference.column,
        Source::Labels => return labels::within(value),
    };
    let mut sql = Sql::default();
    let Some(text) = value else {
        sql.push(column).push(" IS NULL");
        return sql;
    };
    sql.push(column).push(" = ");
    let known = match source {
        Source::Text(_) => Some(sql.bind(text)),
        Source::Number(_) => text.parse::<i64>().ok().map(|number| sql.bind(number)),
        Source::RunId => text.parse::<uuid::Uuid>().ok().map(|id| sql.bind(id)),
        Source::Reference(reference) => {
            sql.push("(SELECT ").push(reference.kept).push(" FROM ").push(reference.table).push(" x WHERE ");
            text.parse::<uuid::Uuid>().ok().map(|id| sql.push(reference.id).push(" = ").bind(id).push(")"))
        }
        Source::Labels => None,
    };
    if known.is_some() { sql } else { Sql::new("FALSE") }
}

/// NaN counts as no value.
fn without(context: &Context, field: &Field) -> Sql {
    let mut sql = Sql::default();
    match context.logged(field) {
        Some(logged) => sql.push("NOT EXISTS (SELECT 1").append(logged).push(" AND d.value IS NOT NULL)"),
        None => sql.push("TRUE"),
    };
    sql
}

fn logged(context: &Context, field: &Field, text: &str) -> Sql {
    let Some(logged) = context.logged(field) else { return Sql::new("FALSE") };
    let mut sql = Sql::new("EXISTS (SELECT 1");
    sql.append(logged).push(" AND d.value = ");
    match (field.is_number(), text.parse::<f64>()) {
        (true, Ok(number)) => sql.bind(number),
        (true, Err(_)) => return Sql::new("FALSE"),
        (false, _) => sql.bind(text),
    };
    sql.push(")");
    sql
}
