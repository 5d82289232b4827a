//! Regular expressions in SQL: the databases know none, or others than we do. So the distinct texts that a few runs have of
//! the field are read, matched here, and those that match become a list in the statement.

use models::{
    query::{Comparison, Condition, Field, Filter, Operator, Value},
    time::UnixMillis,
};

use super::{
    attribute::{Source, source},
    context::{Context, table},
    filter::run_id,
    labels::LABEL_TEXT,
};
use crate::store::{Connection, Sql, StoreError};

/// The expressions of a filter, and the fields that they are matched with.
pub(super) fn all(filter: &Filter) -> Vec<(&Field, &str)> {
    match filter {
        Filter::And(parts) | Filter::Or(parts) => parts.iter().flat_map(all).collect(),
        Filter::Not(part) => all(part),
        Filter::Is(Comparison::Value { field, operator, value: Value::Text(text) })
            if operator.is_expression() =>
        {
            vec![(field, text)]
        }
        Filter::Is(_) => Vec::new(),
    }
}

/// The texts that these runs have of a field and that match, as a list in JSON.
pub(super) async fn matching(
    connection: &mut Connection,
    context: &Context,
    field: &Field,
    text: &str,
    runs: &[i64],
) -> Result<String, StoreError> {
    let Some(sql) = texts(context, field, runs) else { return Ok("[]".to_owned()) };
    let comparison = Comparison::Value {
        field: field.clone(),
        operator: Operator::Matches,
        value: Value::Text(text.to_owned()),
    };
    // No time is compared.
    let condition = Condition::new(&comparison, UnixMillis(0));
    let mut matching = Vec::new();
    for row in connection.fetch_all(sql).await? {
        let own: String = row.get("value")?;
        if condition.holds_for_text(&own) {
            matching.push(own);
        }
    }
    serde_json::to_string(&matching).map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// `SELECT` the distinct texts that these runs have of a field; `None` when no run has one.
fn texts(context: &Context, field: &Field, runs: &[i64]) -> Option<Sql> {
    let mut sql = Sql::new("SELECT DISTINCT ");
    let end = match field {
        Field::Attribute(attribute) => match source(*attribute) {
            Source::Number(_) => return None,
            Source::Text(column) => {
                sql.push(column).push(" AS value FROM runs r WHERE ").push(column);
                sql.push(" IS NOT NULL AND r.run_number IN (");
                ")"
            }
            Source::RunId => {
                sql.push(run_id(context)).push(" AS value FROM runs r WHERE r.run_number IN (");
                ")"
            }
            Source::Reference(reference) => {
                sql.push("x.name AS value FROM ")
                    .push(reference.table)
                    .push(" x WHERE ")
                    .push(reference.kept);
                sql.push(" IN (SELECT ").push(reference.column).push(" FROM runs r WHERE r.run_number IN (");
                "))"
            }
            Source::Labels => {
                sql.push(LABEL_TEXT).push(" AS value FROM labels x WHERE x.label_id IN (");
                sql.push("SELECT o.label_id FROM object_labels o WHERE o.object_id IN (");
                sql.push("SELECT r.run_id FROM runs r WHERE r.run_number IN (");
                ")))"
            }
        },
        Field::Metric(_) | Field::Parameter(_) | Field::Tag(_) => {
            let keys = Some(context.keys(field)).filter(|keys| !keys.is_empty())?;
            sql.push("d.value AS value FROM ").push(table(field)?).push(" d WHERE d.key_id IN (");
            sql.push_list(keys.iter().copied()).push(") AND d.run_number IN (");
            ")"
        }
    };
    sql.push_list(runs.iter().copied()).push(end);
    Some(sql)
}

/// `column` holds one of the texts that match, or none of them. A missing text makes it unknown.
pub(super) fn condition(
    context: &Context,
    column: &'static str,
    field: &Field,
    operator: Operator,
    text: &str,
) -> Sql {
    let mut sql = Sql::new(column);
    sql.push(if operator.is_negated() { " NOT IN (SELECT " } else { " IN (SELECT " });
    let list = context.matching(field, text);
    if context.is_postgres {
        sql.push("jsonb_array_elements_text(CAST(").bind(list).push(" AS JSONB)))");
    } else {
        sql.push("j.value FROM json_each(").bind(list).push(") j)");
    }
    sql
}
