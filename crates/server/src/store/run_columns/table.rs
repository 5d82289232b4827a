//! The columns of runs.

use models::{experiment::LifecycleStage, query::Field, run::RunStatus};
use std::collections::HashMap;

use super::column::{Column, Kind};

/// What is kept of each run in any case.
#[derive(Debug, Clone, Copy)]
pub(super) struct Base {
    pub(super) number: i64,
    pub(super) stage: LifecycleStage,
    pub(super) status: RunStatus,
    pub(super) start_time: Option<i64>,
}

/// The columns of runs, which are ordered by their numbers: the newest is the last.
#[derive(Debug, Default)]
pub(in crate::store) struct Table {
    pub(super) runs: Vec<Base>,
    columns: HashMap<Field, Column>,
}

impl Table {
    /// Runs in the order of their numbers, without columns.
    pub(super) fn of(runs: Vec<Base>) -> Self {
        Self { runs, ..Self::default() }
    }

    /// Where the run with this number is.
    pub(super) fn place(&self, number: i64) -> Option<usize> {
        // Where no runs of projects that are not in it lie between it needs no search.
        let guess = usize::try_from(number - self.runs.first()?.number).ok()?;
        if self.runs.get(guess).is_some_and(|run| run.number == number) {
            return Some(guess);
        }
        self.runs.binary_search_by_key(&number, |run| run.number).ok()
    }

    /// Adds a run, or changes what is known of it. Its values must be filled in afterwards.
    pub(super) fn put(&mut self, base: Base) {
        match self.runs.binary_search_by_key(&base.number, |run| run.number) {
            Ok(place) => {
                if let Some(run) = self.runs.get_mut(place) {
                    *run = base;
                }
                self.columns.values_mut().for_each(|column| column.clear(place));
            }
            Err(place) => {
                self.runs.insert(place, base);
                self.columns.values_mut().for_each(|column| column.insert(place));
            }
        }
    }

    /// The values of a field; `None` when no run has one.
    pub(super) fn column(&self, field: &Field) -> Option<&Column> {
        self.columns.get(field)
    }

    /// The fields whose columns are there.
    pub(super) fn fields(&self) -> Vec<Field> {
        self.columns.keys().cloned().collect()
    }

    /// Takes out the column of a field to be filled in; one without values when it is not there.
    pub(super) fn take_column(&mut self, field: &Field) -> Column {
        let n = self.runs.len();
        self.columns.remove(field).unwrap_or_else(|| Column::empty(Kind::of(field), n))
    }

    /// Puts a column in that was taken out.
    pub(super) fn put_column(&mut self, field: &Field, column: Column) {
        self.columns.insert(field.clone(), column);
    }

    /// How many values there are, which is what the memory goes by.
    pub(super) fn size(&self) -> usize {
        self.runs.len() * (self.columns.len() + 3)
    }
}
