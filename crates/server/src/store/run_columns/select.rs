//! Which runs of a table a question is about.

use models::{
    experiment::LifecycleStage,
    query::{Comparison, Field, Filter, Operator, Value},
    run_table::GroupKey,
};
use uuid::Uuid;

use super::{
    column::{Column, Shared},
    names::Names,
    table::Table,
};

/// For each run whether it is meant.
pub(in crate::store) type Selection = Vec<bool>;

/// The runs of a stage that are in all of these groups and pass the filter.
pub(in crate::store) fn select(
    table: &Table,
    names: &Names,
    stage: LifecycleStage,
    within: &[GroupKey],
    filter: &Filter,
) -> Selection {
    let mut selected: Selection = table.runs.iter().map(|run| run.stage == stage).collect();
    for key in within {
        and(&mut selected, &in_group(table, names, key));
    }
    if *filter != Filter::all() {
        and(&mut selected, &passing(table, names, filter));
    }
    selected
}

fn and(selected: &mut Selection, other: &Selection) {
    selected.iter_mut().zip(other).for_each(|(own, other)| *own &= *other);
}

fn passing(table: &Table, names: &Names, filter: &Filter) -> Selection {
    let n = table.runs.len();
    match filter {
        Filter::And(parts) => parts.iter().fold(vec![true; n], |mut all, part| {
            and(&mut all, &passing(table, names, part));
            all
        }),
        Filter::Or(parts) => parts.iter().fold(vec![false; n], |mut any, part| {
            let part = passing(table, names, part);
            any.iter_mut().zip(part).for_each(|(own, other)| *own |= other);
            any
        }),
        Filter::Not(part) => passing(table, names, part).into_iter().map(|holds| !holds).collect(),
        Filter::Is(comparison) => compared(table, names, comparison),
    }
}

fn compared(table: &Table, names: &Names, comparison: &Comparison) -> Selection {
    match comparison {
        Comparison::Set { field, negated } => mapped(table, field, |_| !negated, |_| !negated, *negated),
        Comparison::Value { field, operator, value } => mapped(
            table,
            field,
            |shared| text_of(value).is_some_and(|text| shared_holds(names, field, shared, *operator, text)),
            |number| number_of(value).is_some_and(|other| operator.holds_for_number(number, other)),
            false,
        ),
        Comparison::In { field, values, negated } => {
            let is_text = |shared: &Shared| {
                let mut texts = values.iter().filter_map(text_of);
                texts.any(|text| shared_holds(names, field, shared, Operator::Equal, text)) != *negated
            };
            let is_number = |number| {
                let mut numbers = values.iter().filter_map(number_of);
                numbers.any(|other| Operator::Equal.holds_for_number(number, other)) != *negated
            };
            mapped(table, field, is_text, is_number, false)
        }
    }
}

fn text_of(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        Value::Number(_) => None,
    }
}

fn number_of(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => Some(*number),
        Value::Text(_) => None,
    }
}

/// What is said of each run's value, and of runs without one. Of a value that runs share it is asked once.
fn mapped(
    table: &Table,
    field: &Field,
    of_shared: impl Fn(&Shared) -> bool,
    of_number: impl Fn(f64) -> bool,
    of_missing: bool,
) -> Selection {
    match table.column(field) {
        None => vec![of_missing; table.runs.len()],
        Some(Column::Shared(column)) => {
            let mut truth = vec![of_missing];
            truth.extend(column.entries.iter().map(of_shared));
            let at = |place: &u32| usize::try_from(*place).ok().and_then(|place| truth.get(place));
            column.places.iter().map(|place| at(place).copied().unwrap_or(of_missing)).collect()
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "milliseconds until the year 9999 are exact in a double"
        )]
        Some(Column::Integers(column)) => {
            column.iter().map(|value| value.map_or(of_missing, |value| of_number(value as f64))).collect()
        }
        Some(Column::Metrics(column)) => {
            column.iter().map(|value| value.map_or(of_missing, &of_number)).collect()
        }
    }
}

/// A reference compares by its name; and it equals its id.
fn shared_holds(names: &Names, field: &Field, shared: &Shared, operator: Operator, text: &str) -> bool {
    if !names.know(field) {
        return match shared {
            Shared::Text(own) => operator.holds_for_text(own, text),
            Shared::Id(id) => operator.holds_for_text(&id.simple().to_string(), text),
            Shared::Number(number) => operator.holds_for_text(&number.to_string(), text),
        };
    }
    let Some((id, name)) = names.of(field, shared) else { return false };
    let is_id = text.parse::<Uuid>().is_ok_and(|other| other.to_string() == *id);
    let holds = operator.holds_for_text(name, text);
    match operator {
        Operator::Equal => holds || is_id,
        Operator::NotEqual => holds && !is_id,
        Operator::Like
        | Operator::LikeIgnoringCase
        | Operator::Less
        | Operator::LessOrEqual
        | Operator::Greater
        | Operator::GreaterOrEqual => holds,
    }
}

/// The runs of a group. NaN counts as no value.
fn in_group(table: &Table, names: &Names, key: &GroupKey) -> Selection {
    let field = &key.field;
    let Some(text) = &key.value else {
        return mapped(table, field, |_| false, f64::is_nan, true);
    };
    let number = text.parse::<f64>().ok();
    let id = text.parse::<Uuid>().ok();
    mapped(
        table,
        field,
        |shared| match shared {
            Shared::Text(own) => own == text,
            Shared::Id(own) if !names.know(field) => id == Some(*own),
            Shared::Id(_) | Shared::Number(_) => {
                names.of(field, shared).is_some_and(|(own, _)| id.is_some_and(|id| id.to_string() == *own))
            }
        },
        |own| number.is_some_and(|number| Operator::Equal.holds_for_number(own, number)),
        false,
    )
}
