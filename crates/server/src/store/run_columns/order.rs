//! The order of runs in memory: missing values and NaN last in either direction, the newest run first where nothing
//! else decides.

use models::query::{Field, SortKey};
use std::{cmp::Ordering, ops::Range};

use super::{
    column::{Column, Integers, Metrics, Shared, SharedColumn},
    names::Names,
    select::Selection,
    table::Table,
};

/// What a run without a value is ordered by.
const MISSING: u64 = u64::MAX;
const SIGN: u64 = 1 << 63;

/// The numbers of the selected runs at these places of the order, and how many runs are selected. Only what is shown is
/// put in order.
pub(in crate::store) fn page(
    table: &Table,
    names: &Names,
    selected: &Selection,
    order: &[SortKey],
    shown: Range<usize>,
) -> (usize, Vec<i64>) {
    let keys: Vec<Key<'_>> = order.iter().filter_map(|key| Key::new(table, names, key)).collect();
    let (first, rest) = keys.split_first().map_or((None, [].as_slice()), |(first, rest)| (Some(first), rest));
    let key = |place: usize| (place, first.map_or(0, |first| first.of(place)));
    let places = selected.iter().enumerate().filter(|(_, selected)| **selected).map(|(place, _)| place);
    let mut rows: Vec<(usize, u64)> = places.map(key).collect();
    let total = rows.len();
    // A later place is a newer run.
    let compare = |a: &(usize, u64), b: &(usize, u64)| {
        a.1.cmp(&b.1).then_with(|| by_keys(rest, a.0, b.0)).then_with(|| b.0.cmp(&a.0))
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
    (total, numbers.collect())
}

fn by_keys(keys: &[Key<'_>], a: usize, b: usize) -> Ordering {
    keys.iter().map(|key| key.of(a).cmp(&key.of(b))).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

/// What runs are ordered by.
struct Key<'t> {
    values: Values<'t>,
    descending: bool,
}

enum Values<'t> {
    /// For each place of a value its rank, from 1.
    Shared(&'t SharedColumn, Vec<u64>),
    Integers(&'t Integers),
    Metrics(&'t Metrics),
}

impl<'t> Key<'t> {
    /// `None` when no run has a value.
    fn new(table: &'t Table, names: &Names, key: &SortKey) -> Option<Self> {
        let values = match table.column(&key.field)? {
            Column::Shared(column) => Values::Shared(column, ranks(column, names, &key.field)),
            Column::Integers(column) => Values::Integers(column),
            Column::Metrics(column) => Values::Metrics(column),
        };
        Some(Self { values, descending: key.descending })
    }

    /// A number that is less for the run that comes first.
    fn of(&self, place: usize) -> u64 {
        let ascending = match &self.values {
            Values::Shared(column, ranks) => {
                let value = column.places.get(place).and_then(|place| usize::try_from(*place).ok());
                value.and_then(|value| ranks.get(value)).copied().unwrap_or(MISSING)
            }
            Values::Integers(column) => {
                column.at(place).map_or(MISSING, |value| value.cast_unsigned() ^ SIGN)
            }
            Values::Metrics(column) => column.at(place).map_or(MISSING, in_order),
        };
        if self.descending && ascending != MISSING { !ascending } else { ascending }
    }
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
