//! The columns of runs.

use models::{experiment::LifecycleStage, query::Field, run::RunStatus};
use std::{
    collections::{HashMap, HashSet},
    sync::atomic::{AtomicU64, Ordering},
};

use super::column::{Column, Kind};

/// Of how many fields it is kept that no run has a value.
const MOST_ABSENT: usize = 1_000;

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
    columns: HashMap<Field, Used>,
    /// The fields of which it is known that no run has a value.
    absent: HashSet<Field>,
    /// Counts the questions.
    clock: AtomicU64,
}

/// A column, and when it was last asked for.
#[derive(Debug)]
struct Used {
    column: Column,
    at: AtomicU64,
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

    /// Where the runs with these numbers are, which mostly follow each other.
    pub(super) fn places(&self, numbers: &[i64]) -> impl Iterator<Item = Option<usize>> {
        let mut next = 0;
        numbers.iter().map(move |number| {
            let is_next = self.runs.get(next).is_some_and(|run| run.number == *number);
            let place = if is_next { Some(next) } else { self.place(*number) };
            next = place.map_or(next, |place| place + 1);
            place
        })
    }

    /// Adds a run, or changes what is known of it. Its values must be filled in afterwards.
    pub(super) fn put(&mut self, base: Base) {
        self.absent.clear();
        let columns = self.columns.values_mut().map(|used| &mut used.column);
        match self.runs.binary_search_by_key(&base.number, |run| run.number) {
            Ok(place) => {
                if let Some(run) = self.runs.get_mut(place) {
                    *run = base;
                }
                columns.for_each(|column| column.clear(place));
            }
            Err(place) => {
                self.runs.insert(place, base);
                columns.for_each(|column| column.insert(place));
            }
        }
    }

    /// The values of a field; `None` when no run has one.
    pub(super) fn column(&self, field: &Field) -> Option<&Column> {
        self.columns.get(field).map(|used| &used.column)
    }

    /// The fields whose columns are there.
    pub(super) fn fields(&self) -> Vec<Field> {
        self.columns.keys().cloned().collect()
    }

    /// Which of these fields are still to be read. Those that are there have now been asked for.
    pub(super) fn missing(&self, fields: &[Field]) -> Vec<Field> {
        let now = self.clock.fetch_add(1, Ordering::Relaxed) + 1;
        let is_missing = |field: &&Field| match self.columns.get(field) {
            Some(used) => {
                used.at.store(now, Ordering::Relaxed);
                false
            }
            None => !self.absent.contains(field),
        };
        fields.iter().filter(is_missing).cloned().collect()
    }

    /// Notes that no run has a value of this field.
    pub(super) fn lacks(&mut self, field: Field) {
        if self.absent.len() >= MOST_ABSENT {
            self.absent.clear();
        }
        self.absent.insert(field);
    }

    /// Takes out the column of a field to be filled in; one without values when it is not there.
    pub(super) fn take_column(&mut self, field: &Field) -> Column {
        let n = self.runs.len();
        self.columns.remove(field).map_or_else(|| Column::empty(Kind::of(field), n), |used| used.column)
    }

    /// Puts a column in that was taken out.
    pub(super) fn put_column(&mut self, field: &Field, column: Column) {
        let at = AtomicU64::new(self.clock.load(Ordering::Relaxed));
        self.columns.insert(field.clone(), Used { column, at });
    }

    /// Forgets columns, that first that was not asked for longest, until at most so much memory is taken. These stay.
    pub(super) fn shrink(&mut self, most_bytes: usize, asked: &[Field]) {
        let mut bytes = self.bytes();
        let mut others: Vec<(u64, usize, Field)> = self
            .columns
            .iter()
            .filter(|(field, _)| !asked.contains(field))
            .map(|(field, used)| (used.at.load(Ordering::Relaxed), used.column.bytes(), field.clone()))
            .collect();
        others.sort_unstable_by_key(|(at, ..)| *at);
        for (_, own, field) in others {
            if bytes <= most_bytes {
                return;
            }
            self.columns.remove(&field);
            bytes -= own;
        }
    }

    /// How much memory it takes.
    pub(super) fn bytes(&self) -> usize {
        let columns: usize = self.columns.values().map(|used| used.column.bytes()).sum();
        size_of_val(self.runs.as_slice()) + columns
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> (Table, [Field; 3]) {
        let base = |number| Base {
            number,
            stage: LifecycleStage::Active,
            status: RunStatus::Finished,
            start_time: None,
        };
        let mut table = Table::of((1..=1_000).map(base).collect());
        let fields = ["a", "b", "c"].map(|name| Field::Metric(name.to_owned()));
        for field in &fields {
            let column = table.take_column(field);
            table.put_column(field, column);
        }
        (table, fields)
    }

    #[test]
    fn what_was_not_asked_for_longest_is_forgotten_first() {
        let (mut table, [a, b, c]) = table();
        assert!(table.missing(&[b.clone(), a.clone()]).is_empty());
        assert!(table.missing(std::slice::from_ref(&b)).is_empty());
        table.shrink(table.bytes() - 8_000, &[]);
        assert_eq!(table.missing(std::slice::from_ref(&c)), [c]);
        table.shrink(0, std::slice::from_ref(&a));
        assert_eq!(table.fields(), [a]);
    }

    #[test]
    fn what_no_run_has_is_looked_for_once() {
        let (mut table, _) = table();
        let none = Field::Tag("none".to_owned());
        table.lacks(none.clone());
        assert!(table.missing(std::slice::from_ref(&none)).is_empty());
        table.put(Base { number: 7, ..table.runs[0] });
        assert_eq!(table.missing(std::slice::from_ref(&none)), [none], "the changed run may have one");
    }
}
