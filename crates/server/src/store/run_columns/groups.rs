//! Groups of runs that have the value of a field in common.

use models::{query::Field, run::StatusCounts, time::UnixMillis};
use std::{cmp::Reverse, collections::HashMap, hash::Hash};

use super::{
    column::{Column, Shared},
    select::Selection,
    table::Table,
};

/// The value that the runs of a group have in common.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::store) enum GroupValue {
    Missing,
    Shared(Shared),
    Integer(i64),
    Real(f64),
}

/// A group, and how its runs fare.
#[derive(Debug)]
pub(in crate::store) struct GroupRow {
    pub(in crate::store) value: GroupValue,
    pub(in crate::store) runs: StatusCounts,
    pub(in crate::store) last_start_time: Option<UnixMillis>,
    last_run: i64,
}

/// All groups of a selection.
#[derive(Debug)]
pub(in crate::store) struct Groups {
    /// Those with the latest run first, the one without a value last.
    pub(in crate::store) rows: Vec<GroupRow>,
    /// For each run of the table the place of its group; `None` for those that are not selected.
    pub(super) places: Vec<Option<u32>>,
}

/// Groups the selected runs.
pub(in crate::store) fn groups(table: &Table, selected: &Selection, field: &Field) -> Groups {
    match table.column(field) {
        None => gather(table, selected, selected.iter().map(|_| 0_u8), |_| GroupValue::Missing),
        Some(Column::Shared(column)) => {
            let value =
                |place| column.distinct.get(place).cloned().map_or(GroupValue::Missing, GroupValue::Shared);
            gather(table, selected, column.places.iter().copied(), value)
        }
        Some(Column::Integers(column)) => gather(table, selected, column.iter(), |value| {
            value.map_or(GroupValue::Missing, GroupValue::Integer)
        }),
        Some(Column::Metrics(column)) => {
            // The two zeros are one group, and NaN is no value.
            let bits = |value: Option<f64>| {
                value.filter(|value| !value.is_nan()).map(|value| (value + 0.0).to_bits())
            };
            gather(table, selected, column.iter().map(bits), |bits| {
                bits.map_or(GroupValue::Missing, |bits| GroupValue::Real(f64::from_bits(bits)))
            })
        }
    }
}

fn gather<K: Copy + Eq + Hash>(
    table: &Table,
    selected: &Selection,
    keys: impl Iterator<Item = K>,
    value: impl Fn(K) -> GroupValue,
) -> Groups {
    let mut known: HashMap<K, u32> = HashMap::new();
    let mut rows: Vec<GroupRow> = Vec::new();
    let mut places = Vec::with_capacity(selected.len());
    // Runs of a group often follow each other.
    let mut last: Option<(K, u32)> = None;
    for ((run, selected), key) in table.runs.iter().zip(selected).zip(keys) {
        if !selected {
            places.push(None);
            continue;
        }
        let place = match last {
            Some((last, place)) if last == key => place,
            Some(_) | None => *known.entry(key).or_insert_with(|| {
                let (runs, last_start_time) = (StatusCounts::default(), None);
                rows.push(GroupRow { value: value(key), runs, last_start_time, last_run: 0 });
                u32::try_from(rows.len() - 1).unwrap_or(u32::MAX)
            }),
        };
        last = Some((key, place));
        places.push(Some(place));
        if let Some(row) = usize::try_from(place).ok().and_then(|place| rows.get_mut(place)) {
            row.runs.add(run.status, 1);
            row.last_start_time = row.last_start_time.max(run.start_time.map(UnixMillis));
            row.last_run = row.last_run.max(run.number);
        }
    }
    in_order(rows, places)
}

/// Sorts the groups, and tells the runs the new places of theirs.
fn in_order(rows: Vec<GroupRow>, mut places: Vec<Option<u32>>) -> Groups {
    let mut numbered: Vec<(u32, GroupRow)> = (0..).zip(rows).collect();
    numbered.sort_by_key(|(_, row)| {
        (row.value == GroupValue::Missing, Reverse(row.last_start_time), Reverse(row.last_run))
    });
    let mut moved = vec![0; numbered.len()];
    for (new, (old, _)) in (0..).zip(&numbered) {
        if let Some(slot) = usize::try_from(*old).ok().and_then(|old| moved.get_mut(old)) {
            *slot = new;
        }
    }
    for place in places.iter_mut().flatten() {
        *place = usize::try_from(*place).ok().and_then(|old| moved.get(old)).copied().unwrap_or_default();
    }
    Groups { rows: numbered.into_iter().map(|(_, row)| row).collect(), places }
}
