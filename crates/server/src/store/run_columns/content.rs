//! Whether the selected runs have the same value of a field.

use models::{query::Field, run_table::ColumnContent};

use super::{column::Column, select::Selection, table::Table};

/// What the field is over the selected runs.
pub(in crate::store) fn content(table: &Table, selected: &Selection, field: &Field) -> ColumnContent {
    match table.column(field) {
        None => ColumnContent::Empty,
        Some(Column::Shared(column)) => {
            of(selected, column.places.iter().map(|place| (*place != 0).then_some(*place)))
        }
        Some(Column::Integers(column)) => of(selected, column.iter()),
        Some(Column::Metrics(column)) => of(selected, column.iter().map(|value| value.map(number))),
    }
}

/// What values that are told one by one amount to.
pub(in crate::store) fn content_of<T: PartialEq>(
    mut values: impl Iterator<Item = Option<T>>,
) -> ColumnContent {
    let Some(first) = values.next() else { return ColumnContent::Empty };
    if values.any(|value| value != first) {
        ColumnContent::Differing
    } else if first.is_some() {
        ColumnContent::Same
    } else {
        ColumnContent::Empty
    }
}

/// What tells numbers apart: the two zeros are one, and so is all that is no number.
pub(in crate::store) fn number(value: f64) -> u64 {
    if value.is_nan() { f64::NAN.to_bits() } else { (value + 0.0).to_bits() }
}

/// The numbers of the first selected runs, at most `most`, and how many runs are selected.
pub(in crate::store) fn first_selected(table: &Table, selected: &Selection, most: usize) -> (u64, Vec<i64>) {
    let mut runs = table.runs.iter().zip(selected).filter(|(_, selected)| **selected);
    let first: Vec<i64> = runs.by_ref().take(most).map(|(run, _)| run.number).collect();
    let total = first.len() + runs.count();
    (u64::try_from(total).unwrap_or(u64::MAX), first)
}

fn of<T: PartialEq>(selected: &Selection, values: impl Iterator<Item = Option<T>>) -> ColumnContent {
    content_of(values.zip(selected).filter(|(_, selected)| **selected).map(|(value, _)| value))
}
