//! What one scan says of runs.

use models::query::Field;
use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use uuid::Uuid;

use super::{
    column::{Cell, Column, Kind, SharedRef},
    statements,
    table::{Base, Table},
};
use crate::store::{
    StoreError,
    scan::{Gather, ScanRow},
};

/// What one scan says of runs: the columns of each row are the run's number, what is kept of each run where that is read,
/// and the values of the fields.
#[derive(Debug)]
pub(super) struct Part {
    numbers: Vec<i64>,
    bases: Option<Vec<Base>>,
    columns: Vec<(Field, Values)>,
    room: Room,
}

#[derive(Debug)]
enum Values {
    /// One of each row.
    Each(Kind, Column),
    /// Of each run as many as there are rows of it.
    Several(Vec<Uuid>),
}

impl Part {
    /// Nothing is read yet.
    pub(super) fn new(with_bases: bool, fields: &[Field], room: &Room) -> Self {
        let values = |field: &Field| match Kind::of(field) {
            Kind::Several => Values::Several(Vec::new()),
            kind @ (Kind::Text | Kind::Id | Kind::Number | Kind::Integer | Kind::Metric) => {
                Values::Each(kind, Column::empty(kind, 0))
            }
        };
        Self {
            numbers: Vec::new(),
            bases: with_bases.then(Vec::new),
            columns: fields.iter().map(|field| (field.clone(), values(field))).collect(),
            room: room.clone(),
        }
    }

    /// Takes out what is kept of each run.
    pub(super) fn take_bases(&mut self) -> Vec<Base> {
        self.bases.take().unwrap_or_default()
    }

    fn bytes(&self) -> usize {
        let of_values = |(_, values): &(Field, Values)| match values {
            Values::Each(_, column) => column.bytes(),
            Values::Several(ids) => size_of_val(ids.as_slice()),
        };
        self.columns.iter().map(of_values).sum()
    }

    /// Fills the columns in.
    pub(super) fn fill(self, table: &mut Table) {
        let numbers = self.numbers;
        for (field, values) in self.columns {
            let mut column = table.take_column(&field);
            match values {
                Values::Each(_, values) => column.fill(table.places(&numbers), values),
                Values::Several(ids) => several(table, &mut column, &numbers, ids),
            }
            column.tidy();
            table.put_column(&field, column);
        }
    }
}

/// After how many rows it is asked whether they still fit.
const ROWS: usize = 4_096;

/// How much memory a question may fill: what is read together shares it.
#[derive(Debug, Clone)]
pub(super) struct Room {
    free: Arc<AtomicUsize>,
    /// How much of it a part has taken.
    taken: usize,
}

impl Room {
    pub(super) fn new(n_bytes: usize) -> Self {
        Self { free: Arc::new(AtomicUsize::new(n_bytes)), taken: 0 }
    }

    /// Makes room for so many bytes in all.
    fn fit(&mut self, n_bytes: usize) -> Result<(), StoreError> {
        let more = n_bytes.saturating_sub(self.taken);
        self.taken += more;
        let fits =
            self.free.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |free| free.checked_sub(more));
        fits.map(drop).map_err(|_| StoreError::Invalid {
            field: "query",
            message: "Name fewer fields: these hold too much over so many runs.".to_owned(),
        })
    }
}

/// Fills in what several rows tell of a run.
fn several(table: &Table, column: &mut Column, numbers: &[i64], ids: Vec<Uuid>) {
    let mut sets = HashMap::<usize, Vec<Uuid>>::new();
    for (place, id) in table.places(numbers).zip(ids) {
        if let Some(place) = place {
            sets.entry(place).or_default().push(id);
        }
    }
    for (place, mut ids) in sets {
        // In the same order, what is the same is kept once.
        ids.sort_unstable();
        column.set(place, Cell::Shared(Some(SharedRef::Several(&ids))));
    }
}

impl Gather for Part {
    fn add(&mut self, row: ScanRow<'_>) -> Result<(), StoreError> {
        let Some(number) = row.integer(0)? else { return Ok(()) };
        let mut next = 1;
        if let Some(bases) = &mut self.bases {
            bases.push(statements::base(number, row.integer(1)?.unwrap_or_default()));
            next += N_OF_BASE;
        }
        for (_, values) in &mut self.columns {
            match values {
                Values::Each(kind, column) => read(row, next, *kind, column)?,
                Values::Several(ids) => match row.id(next)? {
                    Some(id) => ids.push(id),
                    None => return Ok(()),
                },
            }
            next += 1;
        }
        self.numbers.push(number);
        if self.numbers.len().is_multiple_of(ROWS) {
            self.room.fit(self.bytes())?;
        }
        Ok(())
    }
}

fn read(row: ScanRow<'_>, place: usize, kind: Kind, column: &mut Column) -> Result<(), StoreError> {
    match kind {
        Kind::Text => {
            let text = row.text(place)?;
            column.push(Cell::Shared(text.as_deref().map(SharedRef::Text)));
        }
        Kind::Id | Kind::Several => column.push(Cell::Shared(row.id(place)?.map(SharedRef::Id))),
        Kind::Number => column.push(Cell::Shared(row.integer(place)?.map(SharedRef::Number))),
        Kind::Integer => column.push(Cell::Integer(row.integer(place)?)),
        Kind::Metric => column.push(Cell::Metric(row.real(place)?)),
    }
    Ok(())
}

/// How many columns tell what is kept of each run, besides its number.
const N_OF_BASE: usize = 1;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_are_read_together_share_the_room() {
        let room = Room::new(100);
        let [mut one, mut other] = [room.clone(), room];
        one.fit(40).unwrap();
        one.fit(60).unwrap();
        other.fit(40).unwrap();
        assert!(matches!(other.fit(41), Err(StoreError::Invalid { field: "query", .. })));
    }
}
