//! Groups of runs that have the value of a field in common.

use models::{query::Field, run::StatusCounts, time::UnixMillis};
use std::{cmp::Reverse, collections::HashMap, hash::Hash};
use uuid::Uuid;

use super::{
    column::{Column, Kind, Shared},
    select::Selection,
    shared::SharedColumn,
    table::{Base, Table},
};

/// The value that the runs of a group have in common.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::store) enum GroupValue {
    Missing,
    Shared(Shared),
    Integer(i64),
    Real(f64),
}

impl GroupValue {
    /// The id that it is.
    fn id(&self) -> Option<Uuid> {
        match self {
            Self::Shared(Shared::Id(id)) => Some(*id),
            Self::Shared(Shared::Text(_) | Shared::Number(_) | Shared::Several(_))
            | Self::Missing
            | Self::Integer(_)
            | Self::Real(_) => None,
        }
    }
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
    /// How many runs are in them, each counted once.
    pub(in crate::store) n_runs: u64,
    pub(super) places: Places,
}

/// The places of the groups that each run of the table is in.
#[derive(Debug)]
pub(super) enum Places {
    /// One for each run; `None` for those that are not selected.
    One(Vec<Option<u32>>),
    /// Runs that have the same values are in the same groups.
    Several {
        /// For each run which of the sets it has; `None` for those that are not selected.
        runs: Vec<Option<u32>>,
        sets: Vec<Vec<u32>>,
    },
}

impl Places {
    /// The places of the groups of a run.
    pub(super) fn of(&self, run: usize) -> &[u32] {
        match self {
            Self::One(places) => places.get(run).map_or(&[], Option::as_slice),
            Self::Several { runs, sets } => {
                let set = runs.get(run).copied().flatten().and_then(|set| usize::try_from(set).ok());
                set.and_then(|set| sets.get(set)).map_or(&[], Vec::as_slice)
            }
        }
    }

    fn all(&mut self) -> Box<dyn Iterator<Item = &mut u32> + '_> {
        match self {
            Self::One(places) => Box::new(places.iter_mut().flatten()),
            Self::Several { sets, .. } => Box::new(sets.iter_mut().flatten()),
        }
    }
}

/// Groups the selected runs.
pub(in crate::store) fn groups(table: &Table, selected: &Selection, field: &Field) -> Groups {
    match table.column(field) {
        None => gather(table, selected, selected.iter().map(|_| 0_u8), |_| GroupValue::Missing),
        Some(Column::Shared(column)) if Kind::of(field) == Kind::Several => {
            gather_several(table, selected, column)
        }
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
                rows.push(GroupRow::of(value(key)));
                u32::try_from(rows.len() - 1).unwrap_or(u32::MAX)
            }),
        };
        last = Some((key, place));
        places.push(Some(place));
        if let Some(row) = usize::try_from(place).ok().and_then(|place| rows.get_mut(place)) {
            row.add(run);
        }
    }
    in_order(rows, Places::One(places), selected)
}

/// Groups runs of which each may have several values, and is in the group of each.
fn gather_several(table: &Table, selected: &Selection, column: &SharedColumn) -> Groups {
    let mut known: HashMap<Option<Uuid>, u32> = HashMap::new();
    let mut rows: Vec<GroupRow> = Vec::new();
    let mut sets: Vec<Vec<u32>> = vec![Vec::new(); column.distinct.values().len() + 1];
    let mut runs = Vec::with_capacity(selected.len());
    for ((run, selected), number) in table.runs.iter().zip(selected).zip(&column.places) {
        runs.push(selected.then_some(*number));
        let set = usize::try_from(*number).ok().and_then(|number| sets.get_mut(number));
        let Some(set) = set.filter(|_| *selected) else { continue };
        if set.is_empty() {
            for key in keys(column.distinct.get(*number)) {
                let place = *known.entry(key).or_insert_with(|| {
                    let value = key.map_or(GroupValue::Missing, |id| GroupValue::Shared(Shared::Id(id)));
                    rows.push(GroupRow::of(value));
                    u32::try_from(rows.len() - 1).unwrap_or(u32::MAX)
                });
                set.push(place);
            }
        }
        for place in set {
            if let Some(row) = usize::try_from(*place).ok().and_then(|place| rows.get_mut(place)) {
                row.add(run);
            }
        }
    }
    in_order(rows, Places::Several { runs, sets }, selected)
}

/// The groups of a run that has these values; that of the runs without a value where it has none.
fn keys(value: Option<&Shared>) -> Vec<Option<Uuid>> {
    match value {
        Some(Shared::Several(ids)) => ids.iter().copied().map(Some).collect(),
        Some(Shared::Text(_) | Shared::Id(_) | Shared::Number(_)) | None => vec![None],
    }
}

impl GroupRow {
    /// A group without runs.
    fn of(value: GroupValue) -> Self {
        Self { value, runs: StatusCounts::default(), last_start_time: None, last_run: 0 }
    }

    fn add(&mut self, run: &Base) {
        self.runs.add(run.status, 1);
        self.last_start_time = self.last_start_time.max(run.start_time.map(UnixMillis));
        self.last_run = self.last_run.max(run.number);
    }
}

/// Sorts the groups, and tells the runs the new places of theirs.
fn in_order(rows: Vec<GroupRow>, mut places: Places, selected: &Selection) -> Groups {
    let mut numbered: Vec<(u32, GroupRow)> = (0..).zip(rows).collect();
    numbered.sort_by_key(|(_, row)| {
        // Of the groups of a run with several values none is the later one.
        let id = row.value.id();
        (row.value == GroupValue::Missing, Reverse(row.last_start_time), Reverse(row.last_run), id)
    });
    let mut moved = vec![0; numbered.len()];
    for (new, (old, _)) in (0..).zip(&numbered) {
        if let Some(slot) = usize::try_from(*old).ok().and_then(|old| moved.get_mut(old)) {
            *slot = new;
        }
    }
    for place in places.all() {
        *place = usize::try_from(*place).ok().and_then(|old| moved.get(old)).copied().unwrap_or_default();
    }
    let n_runs = u64::try_from(selected.iter().filter(|selected| **selected).count()).unwrap_or(u64::MAX);
    Groups { rows: numbered.into_iter().map(|(_, row)| row).collect(), n_runs, places }
}
