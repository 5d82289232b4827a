//! The values of one field, one for each run of a table.

use models::query::Field;
use uuid::Uuid;

use super::shared::SharedColumn;
use crate::store::run_query::{Source, source};

/// A value that several runs can have in common.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::store) enum Shared {
    Text(String),
    Id(Uuid),
    /// The number of an experiment.
    Number(i64),
    /// The ids of several things, in order.
    Several(Vec<Uuid>),
}

/// A [`Shared`] value that is still where it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum SharedRef<'s> {
    Text(&'s str),
    Id(Uuid),
    Number(i64),
    Several(&'s [Uuid]),
}

impl<'s> From<&'s Shared> for SharedRef<'s> {
    fn from(shared: &'s Shared) -> Self {
        match shared {
            Shared::Text(text) => Self::Text(text),
            Shared::Id(id) => Self::Id(*id),
            Shared::Number(number) => Self::Number(*number),
            Shared::Several(ids) => Self::Several(ids),
        }
    }
}

impl From<SharedRef<'_>> for Shared {
    fn from(shared: SharedRef<'_>) -> Self {
        match shared {
            SharedRef::Text(text) => Self::Text(text.to_owned()),
            SharedRef::Id(id) => Self::Id(id),
            SharedRef::Number(number) => Self::Number(number),
            SharedRef::Several(ids) => Self::Several(ids.to_owned()),
        }
    }
}

/// What is to be put into a column.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cell<'s> {
    Shared(Option<SharedRef<'s>>),
    Integer(Option<i64>),
    Metric(Option<f64>),
}

/// How the values of a field are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Id,
    Number,
    Several,
    Integer,
    Metric,
}

impl Kind {
    pub(super) fn of(field: &Field) -> Self {
        match field {
            Field::Metric(_) => Self::Metric,
            Field::Parameter(_) | Field::Tag(_) => Self::Text,
            Field::Attribute(attribute) => match source(*attribute) {
                Source::Text(_) => Self::Text,
                Source::Number(_) => Self::Integer,
                Source::RunId => Self::Id,
                Source::Reference(reference) if reference.is_numbered() => Self::Number,
                Source::Reference(_) => Self::Id,
                Source::Labels => Self::Several,
            },
        }
    }
}

/// The values of one field, the n-th that of the n-th run.
#[derive(Debug)]
pub(super) enum Column {
    Shared(SharedColumn),
    Integers(Integers),
    Metrics(Metrics),
}

impl Column {
    /// A column of `n` runs without a value.
    pub(super) fn empty(kind: Kind, n: usize) -> Self {
        match kind {
            Kind::Text | Kind::Id | Kind::Number | Kind::Several => Self::Shared(SharedColumn::empty(n)),
            Kind::Integer => Self::Integers(Integers(vec![Integers::MISSING; n])),
            Kind::Metric => Self::Metrics(Metrics(vec![Metrics::NOT_LOGGED; n])),
        }
    }

    /// Makes room for a run before the one at `at`.
    pub(super) fn insert(&mut self, at: usize) {
        match self {
            Self::Shared(column) => column.places.insert(at, 0),
            Self::Integers(column) => column.0.insert(at, Integers::MISSING),
            Self::Metrics(column) => column.0.insert(at, Metrics::NOT_LOGGED),
        }
    }

    /// Takes the value of the run at `at` away.
    pub(super) fn clear(&mut self, at: usize) {
        match self {
            Self::Shared(column) => column.clear(at),
            Self::Integers(column) => put(&mut column.0, at, Integers::MISSING),
            Self::Metrics(column) => put(&mut column.0, at, Metrics::NOT_LOGGED),
        }
    }

    /// Changes the value of the run at `at`. A cell of another kind changes nothing.
    pub(super) fn set(&mut self, at: usize, cell: Cell<'_>) {
        match (self, cell) {
            (Self::Shared(column), Cell::Shared(value)) => column.set(at, value),
            (Self::Integers(column), Cell::Integer(value)) => put(&mut column.0, at, Integers::kept(value)),
            (Self::Metrics(column), Cell::Metric(value)) => put(&mut column.0, at, Metrics::kept(value)),
            (Self::Shared(_) | Self::Integers(_) | Self::Metrics(_), _) => {}
        }
    }

    /// Adds a run with this value behind the others. A cell of another kind adds nothing.
    pub(super) fn push(&mut self, cell: Cell<'_>) {
        match (self, cell) {
            (Self::Shared(column), Cell::Shared(value)) => column.push(value),
            (Self::Integers(column), Cell::Integer(value)) => column.0.push(Integers::kept(value)),
            (Self::Metrics(column), Cell::Metric(value)) => column.0.push(Metrics::kept(value)),
            (Self::Shared(_) | Self::Integers(_) | Self::Metrics(_), _) => {}
        }
    }

    /// Puts the values of another column of the same kind in, each for the run at the next of these places, if any.
    pub(super) fn fill(&mut self, places: impl Iterator<Item = Option<usize>>, other: Self) {
        match (self, other) {
            (Self::Shared(own), Self::Shared(other)) => own.fill(places, other),
            (Self::Integers(own), Self::Integers(other)) => put_all(&mut own.0, places, other.0),
            (Self::Metrics(own), Self::Metrics(other)) => put_all(&mut own.0, places, other.0),
            (Self::Shared(_) | Self::Integers(_) | Self::Metrics(_), _) => {}
        }
    }

    /// Forgets what no run has any more, where it has become much.
    pub(super) fn tidy(&mut self) {
        if let Self::Shared(column) = self {
            column.tidy();
        }
    }

    /// How much memory it takes.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Shared(column) => column.bytes(),
            Self::Integers(column) => size_of_val(column.0.as_slice()),
            Self::Metrics(column) => size_of_val(column.0.as_slice()),
        }
    }
}

fn put_all<T>(values: &mut [T], places: impl Iterator<Item = Option<usize>>, others: Vec<T>) {
    for (place, value) in places.zip(others) {
        if let Some(place) = place {
            put(values, place, value);
        }
    }
}

pub(super) fn put<T>(values: &mut [T], at: usize, value: T) {
    if let Some(slot) = values.get_mut(at) {
        *slot = value;
    }
}

/// Times and durations.
#[derive(Debug)]
pub(super) struct Integers(Vec<i64>);

impl Integers {
    const MISSING: i64 = i64::MIN;

    fn kept(value: Option<i64>) -> i64 {
        value.unwrap_or(Self::MISSING)
    }

    pub(super) fn at(&self, place: usize) -> Option<i64> {
        self.0.get(place).copied().filter(|value| *value != Self::MISSING)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Option<i64>> {
        self.0.iter().map(|value| (*value != Self::MISSING).then_some(*value))
    }
}

/// The latest values of a metric.
#[derive(Debug)]
pub(super) struct Metrics(Vec<f64>);

impl Metrics {
    /// A NaN that no computation makes, where a run has not logged the metric; a logged NaN is another.
    const NOT_LOGGED: f64 = f64::from_bits(0x7ff8_6e6f_7468_696e);

    /// A value that was logged, `None` for NaN.
    fn kept(value: Option<f64>) -> f64 {
        value.unwrap_or(f64::NAN)
    }

    pub(super) fn at(&self, place: usize) -> Option<f64> {
        self.0.get(place).copied().filter(|value| value.to_bits() != Self::NOT_LOGGED.to_bits())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Option<f64>> {
        self.0.iter().map(|value| (value.to_bits() != Self::NOT_LOGGED.to_bits()).then_some(*value))
    }
}
