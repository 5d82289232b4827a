//! Filters as conditions on a run `r`. Each condition is true or false, never unknown, so that `NOT` means what it says.

use models::query::{Attribute, Comparison, Field, Filter, Operator, Value};

use super::{
    attribute::{Reference, Source, source},
    context::Context,
    expression, labels, text,
};
use crate::store::Sql;

/// What a run `r` must fulfil to pass the filter.
pub(super) fn condition(context: &Context, filter: &Filter) -> Sql {
    match filter {
        Filter::And(parts) => list(context, parts, " AND ", "TRUE"),
        Filter::Or(parts) => list(context, parts, " OR ", "FALSE"),
        Filter::Not(part) => {
            let mut sql = Sql::new("NOT ");
            sql.append(condition(context, part));
            sql
        }
        Filter::Is(comparison) => compared(context, comparison),
    }
}

fn list(context: &Context, parts: &[Filter], separator: &'static str, empty: &'static str) -> Sql {
    let mut sql = Sql::new("(");
    for (n, part) in parts.iter().enumerate() {
        sql.push(if n == 0 { "" } else { separator }).append(condition(context, part));
    }
    sql.push(if parts.is_empty() { empty } else { "" }).push(")");
    sql
}

fn compared(context: &Context, comparison: &Comparison) -> Sql {
    if *comparison.field() == Field::Attribute(Attribute::Label) {
        return labels::condition(context, comparison);
    }
    match comparison {
        Comparison::Set { field, negated } => set(context, field, *negated),
        Comparison::Value { field, operator, value: Value::Text(text) } if operator.is_expression() => {
            let among = |column| expression::condition(context, column, field, *operator, text);
            has(context, field, &|column| column.name().map_or(Sql::new("FALSE"), among), &|_| {
                among("x.name")
            })
        }
        Comparison::Value { field, operator, value } => {
            has(context, field, &|column| one(context, column, *operator, value), &|reference| {
                named(context, ("x.name", reference.id), *operator, value)
            })
        }
        Comparison::In { field, values, negated } => {
            has(context, field, &|column| any(context, column, values, *negated), &|reference| {
                let mut sql = Sql::new(if *negated { "NOT " } else { "" });
                sql.append(named_any(context, ("x.name", reference.id), Operator::Equal, values));
                sql
            })
        }
    }
}

fn set(context: &Context, field: &Field, negated: bool) -> Sql {
    let mut sql = Sql::new(if negated { "NOT " } else { "" });
    match field {
        Field::Attribute(attribute) => {
            let column = match source(*attribute) {
                Source::Text(column) | Source::Number(column) => column,
                Source::RunId => "r.run_id",
                Source::Reference(reference) => reference.column,
                // Compared elsewhere.
                Source::Labels => "NULL",
            };
            sql.push("(").push(column).push(" IS NOT NULL)")
        }
        Field::Metric(_) | Field::Parameter(_) | Field::Tag(_) => match context.logged(field) {
            Some(logged) => sql.push("EXISTS (SELECT 1").append(logged).push(")"),
            None => sql.push("FALSE"),
        },
    };
    sql
}

/// The run has a value that fulfils `holds`, or refers to something that fulfils `named`.
fn has(
    context: &Context,
    field: &Field,
    holds: &dyn Fn(Column) -> Sql,
    named: &dyn Fn(&'static Reference) -> Sql,
) -> Sql {
    let mut sql = Sql::default();
    match field {
        Field::Attribute(attribute) => match source(*attribute) {
            Source::Text(column) => sql
                .push("(")
                .push(column)
                .push(" IS NOT NULL AND ")
                .append(holds(Column::Text(column)))
                .push(")"),
            Source::Number(column) => sql
                .push("(")
                .push(column)
                .push(" IS NOT NULL AND ")
                .append(holds(Column::Number(column)))
                .push(")"),
            Source::RunId => sql.append(holds(Column::Text(run_id(context)))),
            Source::Reference(reference) => {
                sql.push("(").push(reference.column).push(" IS NOT NULL AND ").push(reference.column);
                sql.push(" IN (SELECT ")
                    .push(reference.kept)
                    .push(" FROM ")
                    .push(reference.table)
                    .push(" x WHERE ");
                if reference.in_project {
                    sql.push("x.project_id IN (").push_list(context.projects.iter().copied()).push(") AND ");
                }
                sql.append(named(reference)).push("))")
            }
            // Compared elsewhere.
            Source::Labels => sql.push("FALSE"),
        },
        Field::Metric(_) | Field::Parameter(_) | Field::Tag(_) => {
            let column = if field.is_number() { Column::Metric("d.value") } else { Column::Text("d.value") };
            match context.logged(field) {
                Some(logged) => {
                    sql.push("EXISTS (SELECT 1").append(logged).push(" AND ").append(holds(column)).push(")")
                }
                None => sql.push("FALSE"),
            }
        }
    };
    sql
}

/// The run's id in MLflow's spelling.
pub(super) fn run_id(context: &Context) -> &'static str {
    if context.is_postgres { "REPLACE(CAST(r.run_id AS TEXT), '-', '')" } else { "LOWER(HEX(r.run_id))" }
}

/// What a value is compared with.
#[derive(Clone, Copy)]
enum Column {
    Text(&'static str),
    Number(&'static str),
    /// A number that is NaN where it is missing.
    Metric(&'static str),
}

impl Column {
    /// The name of a text.
    fn name(self) -> Option<&'static str> {
        match self {
            Self::Text(name) => Some(name),
            Self::Number(_) | Self::Metric(_) => None,
        }
    }
}

fn one(context: &Context, column: Column, operator: Operator, value: &Value) -> Sql {
    match (column, value) {
        (Column::Text(column), Value::Text(text)) => {
            text::condition(column, operator, text, context.is_postgres)
        }
        (Column::Number(column), Value::Number(number)) => number_condition(column, operator, *number, false),
        (Column::Metric(column), Value::Number(number)) => number_condition(column, operator, *number, true),
        // The parser compares no text with a number, and times have become numbers.
        (Column::Text(_) | Column::Number(_) | Column::Metric(_), _) => Sql::new("FALSE"),
    }
}

/// As IEEE 754 has it: NaN differs from everything, and is neither less nor greater than anything.
fn number_condition(column: &'static str, operator: Operator, number: f64, missing_is_nan: bool) -> Sql {
    if number.is_nan() {
        return Sql::new(if operator == Operator::NotEqual { "TRUE" } else { "FALSE" });
    }
    let symbol = match operator {
        Operator::Equal => " = ",
        Operator::NotEqual => " <> ",
        Operator::Less => " < ",
        Operator::LessOrEqual => " <= ",
        Operator::Greater => " > ",
        Operator::GreaterOrEqual => " >= ",
        // The parser matches no numbers with patterns.
        Operator::Like | Operator::LikeIgnoringCase | Operator::Matches | Operator::MatchesNot => {
            return Sql::new("FALSE");
        }
    };
    let mut sql = Sql::new("(");
    if missing_is_nan {
        sql.push(column).push(if operator == Operator::NotEqual {
            " IS NULL OR "
        } else {
            " IS NOT NULL AND "
        });
    }
    sql.push(column).push(symbol).bind(number).push(")");
    sql
}

fn any(context: &Context, column: Column, values: &[Value], negated: bool) -> Sql {
    let mut sql = Sql::new(if negated { "NOT (FALSE" } else { "(FALSE" });
    for value in values {
        sql.push(" OR ").append(one(context, column, Operator::Equal, value));
    }
    sql.push(")");
    sql
}

/// What `x` must fulfil: its name compares so, or its id is the text.
fn named(
    context: &Context,
    (name, own_id): (&'static str, &'static str),
    operator: Operator,
    value: &Value,
) -> Sql {
    let Value::Text(text) = value else { return Sql::new("FALSE") };
    let mut sql = Sql::new("(");
    sql.append(text::condition(name, operator, text, context.is_postgres));
    if let Ok(id) = text.parse::<uuid::Uuid>() {
        match operator {
            Operator::Equal => sql.push(" OR ").push(own_id).push(" = ").bind(id),
            Operator::NotEqual => sql.push(" AND ").push(own_id).push(" <> ").bind(id),
            Operator::Less
            | Operator::LessOrEqual
            | Operator::Greater
            | Operator::GreaterOrEqual
            | Operator::Like
            | Operator::LikeIgnoringCase
            | Operator::Matches
            | Operator::MatchesNot => &mut sql,
        };
    }
    sql.push(")");
    sql
}

/// What `x` must fulfil: its name compares so with one of the values, or its id is one of them.
pub(super) fn named_any(
    context: &Context,
    of: (&'static str, &'static str),
    operator: Operator,
    values: &[Value],
) -> Sql {
    let mut sql = Sql::new("(FALSE");
    for value in values {
        sql.push(" OR ").append(named(context, of, operator, value));
    }
    sql.push(")");
    sql
}
