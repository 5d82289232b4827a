//! The order of runs in memory: missing values and NaN last in either direction, the newest run first where nothing
//! else decides.

use models::query::{Field, SortKey};
use std::{cmp::Ordering, ops::Range};

use super::{
    budget::Budget,
    column::{Column, Integers, Metrics, Shared},
    names::Names,
    select::Selection,
    shared::SharedColumn,
    table::Table,
};
use crate::store::StoreError;

/// What a run without a value is ordered by.
const MISSING: u64 = u64::MAX;
const SIGN: u64 = 1 << 63;
/// From so many texts on they are not ranked.
const MANY: usize = 4_096;

/// The numbers of the selected runs at these places of the order, and how many runs are selected. Only what is shown is
/// put in order.
///
/// # Errors
/// [`StoreError::Invalid`] when that takes too long.
pub(in crate::store) fn page(
    table: &Table,
    names: &Names,
    selected: &Selection,
    order: &[SortKey],
    shown: Range<usize>,
    budget: &mut Budget,
) -> Result<(usize, Vec<i64>), StoreError> {
    let mut keys = Vec::with_capacity(order.len());
    for key in order {
        budget.spend(table.runs.len())?;
        keys.extend(Key::new(table, names, key));
    }
    budget.spend(table.runs.len())?;
    let first = keys.first();
    let key = |place: usize| (place, first.map_or(0, |first| first.of(place)));
    let places = selected.iter().enumerate().filter(|(_, selected)| **selected).map(|(place, _)| place);
    let mut rows: Vec<(usize, u64)> = places.map(key).collect();
    let total = rows.len();
    // A later place is a newer run.
    let compare = |a: &(usize, u64), b: &(usize, u64)| {
        a.1.cmp(&b.1).then_with(|| by_keys(&keys, a.0, b.0)).then_with(|| b.0.cmp(&a.0))
    };
    if shown.end < rows.len() {
        rows.select_nth_unstable_by(shown.end, compare);
        rows.truncate(shown.end);
    }
    if shown.start < rows.len() {
        rows.select_nth_unstable_by(shown.start, compare);
    }
    rows.drain(..shown.start.min(rows.len()));
    rows.sort_unstable_by(compare);
    let numbers = rows.iter().filter_map(|(place, _)| table.runs.get(*place)).map(|run| run.number);
    Ok((total, numbers.collect()))
}

fn by_keys(keys: &[Key<'_>], a: usize, b: usize) -> Ordering {
    keys.iter().map(|key| key.compare(a, b)).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

/// What runs are ordered by.
struct Key<'t> {
    values: Values<'t>,
    descending: bool,
}

enum Values<'t> {
    /// For each place of a value its rank, from 1.
    Shared(&'t SharedColumn, Vec<u64>),
    /// So many texts that to rank them all takes longer than to compare those that come first, and how many bytes they
    /// all begin with.
    Texts(&'t SharedColumn, usize),
    Integers(&'t Integers),
    Metrics(&'t Metrics),
}

impl<'t> Key<'t> {
    /// `None` when no run has a value.
    fn new(table: &'t Table, names: &Names, key: &SortKey) -> Option<Self> {
        let values = match table.column(&key.field)? {
            Column::Shared(column) => match common_start(column) {
                Some(start) => Values::Texts(column, start),
                None => Values::Shared(column, ranks(column, names, &key.field)),
            },
            Column::Integers(column) => Values::Integers(column),
            Column::Metrics(column) => Values::Metrics(column),
        };
        Some(Self { values, descending: key.descending })
    }

    fn compare(&self, a: usize, b: usize) -> Ordering {
        let order = self.of(a).cmp(&self.of(b));
        match &self.values {
            Values::Texts(column, _) if order.is_eq() => {
                let order = text(column, a).cmp(&text(column, b));
                if self.descending { order.reverse() } else { order }
            }
            Values::Shared(..) | Values::Texts(..) | Values::Integers(_) | Values::Metrics(_) => order,
        }
    }

    /// A number that is less for the run that comes first; of texts it may be the same for several.
    fn of(&self, place: usize) -> u64 {
        let ascending = match &self.values {
            Values::Shared(column, ranks) => {
                let value = column.places.get(place).and_then(|place| usize::try_from(*place).ok());
                value.and_then(|value| ranks.get(value)).copied().unwrap_or(MISSING)
            }
            Values::Texts(column, start) => {
                text(column, place).map_or(MISSING, |text| eight_bytes(text, *start))
            }
            Values::Integers(column) => {
                column.at(place).map_or(MISSING, |value| value.cast_unsigned() ^ SIGN)
            }
            Values::Metrics(column) => column.at(place).map_or(MISSING, in_order),
        };
        if self.descending && ascending != MISSING { !ascending } else { ascending }
    }
}

fn text(column: &SharedColumn, place: usize) -> Option<&str> {
    match column.distinct.get(*column.places.get(place)?)? {
        Shared::Text(text) => Some(text),
        Shared::Id(_) | Shared::Number(_) | Shared::Several(_) => None,
    }
}

/// How many bytes all texts begin with, where there are many and they are nothing but texts.
fn common_start(column: &SharedColumn) -> Option<usize> {
    let texts = column.distinct.values();
    let Some(Shared::Text(first)) = texts.first().filter(|_| texts.len() > MANY) else { return None };
    texts.iter().try_fold(first.len(), |start, shared| match shared {
        Shared::Text(own) => {
            let same = first.bytes().take(start).zip(own.bytes()).take_while(|(a, b)| a == b);
            Some(same.count())
        }
        Shared::Id(_) | Shared::Number(_) | Shared::Several(_) => None,
    })
}

/// What eight bytes of a text amount to: less for the lesser text, but the same where these bytes are nearly so.
fn eight_bytes(text: &str, start: usize) -> u64 {
    let bytes = text.bytes().skip(start).chain(std::iter::repeat(0)).take(8);
    // Neither 0 nor what a missing value is ordered by, in either direction.
    (bytes.fold(0, |number, byte| (number << 8) | u64::from(byte)) >> 1) + 1
}

/// Bits that compare as the number does.
fn in_order(number: f64) -> u64 {
    // The two zeros are equal.
    let bits = (number + 0.0).to_bits();
    match number {
        number if number.is_nan() => MISSING,
        _ if bits & SIGN == 0 => bits | SIGN,
        _ => !bits,
    }
}

/// The rank of each entry at its place, from 1; texts are compared by their bytes, references by their names, and where
/// there are several by the first of these.
fn ranks(column: &SharedColumn, names: &Names, field: &Field) -> Vec<u64> {
    let mut ranks = vec![MISSING; column.distinct.values().len() + 1];
    let mut sorted: Vec<(Entry<'_>, usize)> = column
        .distinct
        .values()
        .iter()
        .zip(1..)
        .filter_map(|(shared, place)| Some((entry(shared, names, field)?, place)))
        .collect();
    sorted.sort_unstable();
    let (mut rank, mut last) = (0, None);
    for (entry, place) in sorted {
        rank += u64::from(last != Some(entry));
        last = Some(entry);
        if let Some(slot) = ranks.get_mut(place) {
            *slot = rank;
        }
    }
    ranks
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Entry<'s> {
    Text(&'s str),
    Id(uuid::Uuid),
    Number(i64),
}

fn entry<'s>(shared: &'s Shared, names: &'s Names, field: &Field) -> Option<Entry<'s>> {
    if let Shared::Several(ids) = shared {
        return names.of_several(field, ids).map(|(_, name)| Entry::Text(name)).min();
    }
    if names.know(field) {
        return names.of(field, shared).map(|(_, name)| Entry::Text(name));
    }
    Some(match shared {
        Shared::Text(text) => Entry::Text(text),
        Shared::Id(id) => Entry::Id(*id),
        Shared::Number(number) => Entry::Number(*number),
        Shared::Several(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::run_columns::{
        column::{Cell, SharedRef},
        table::Base,
    };
    use models::{experiment::LifecycleStage, run::RunStatus};

    #[test]
    fn many_texts_are_ordered_as_few_are() {
        let field = Field::Tag("t".to_owned());
        let text = |number: usize| match number % 10 {
            0 => None,
            1 => Some("run-".to_owned()),
            2 => Some(format!("run-\u{10ffff}{}", number % 7)),
            3 => Some(format!("run-{}", "long".repeat(number % 5))),
            _ => Some(format!("run-{:05}", number * 7_919 % 10_007)),
        };
        let base = |number| {
            let (stage, status) = (LifecycleStage::Active, RunStatus::Finished);
            Base { number, stage, status, start_time: None }
        };
        let mut table = Table::of((0..10_000).map(base).collect());
        let mut column = table.take_column(&field);
        for number in 0..10_000 {
            column.set(number, Cell::Shared(text(number).as_deref().map(SharedRef::Text)));
        }
        table.put_column(&field, column);
        for descending in [false, true] {
            let mut expected: Vec<usize> = (0..10_000).rev().collect();
            expected.sort_by(|a, b| {
                let (a, b) = (text(*a), text(*b));
                let order = if descending { b.cmp(&a) } else { a.cmp(&b) };
                a.is_none().cmp(&b.is_none()).then(order)
            });
            let order = [SortKey { field: field.clone(), descending }];
            for shown in [0..50, 4_000..4_050, 9_900..10_050] {
                let (total, found) = page(
                    &table,
                    &Names::default(),
                    &vec![true; 10_000],
                    &order,
                    shown.clone(),
                    &mut Budget::new(),
                )
                .unwrap();
                let expected = expected.iter().skip(shown.start).take(shown.len());
                let found: Vec<usize> =
                    found.into_iter().map(|number| usize::try_from(number).unwrap()).collect();
                assert_eq!((total, found), (10_000, expected.copied().collect()));
            }
        }
    }
}
