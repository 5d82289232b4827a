//! The values of one field, one for each run of a table.

use models::query::Field;
use uuid::Uuid;

use super::distinct::Distinct;
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

/// What is to be put into a column.
#[derive(Debug)]
pub(super) enum Cell {
    Shared(Option<Shared>),
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
            Kind::Text | Kind::Id | Kind::Number | Kind::Several => {
                Self::Shared(SharedColumn { places: vec![0; n], ..SharedColumn::default() })
            }
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
            Self::Shared(column) => put(&mut column.places, at, 0),
            Self::Integers(column) => put(&mut column.0, at, Integers::MISSING),
            Self::Metrics(column) => put(&mut column.0, at, Metrics::NOT_LOGGED),
        }
    }

    /// Changes the value of the run at `at`. A cell of another kind changes nothing.
    pub(super) fn set(&mut self, at: usize, cell: Cell) {
        match (self, cell) {
            (Self::Shared(column), Cell::Shared(value)) => {
                let place = value.map_or(0, |value| column.distinct.number_of(value));
                put(&mut column.places, at, place);
            }
            (Self::Integers(column), Cell::Integer(value)) => {
                put(&mut column.0, at, value.unwrap_or(Integers::MISSING));
            }
            (Self::Metrics(column), Cell::Metric(value)) => put(&mut column.0, at, value.unwrap_or(f64::NAN)),
            (Self::Shared(_) | Self::Integers(_) | Self::Metrics(_), _) => {}
        }
    }
}

fn put<T>(values: &mut [T], at: usize, value: T) {
    if let Some(slot) = values.get_mut(at) {
        *slot = value;
    }
}

/// Each distinct value once, and for each run which of them it has.
#[derive(Debug, Default)]
pub(super) struct SharedColumn {
    /// 0 for a run without a value, else the number of its value in `distinct`.
    pub(super) places: Vec<u32>,
    pub(super) distinct: Distinct,
}

/// Times and durations.
#[derive(Debug)]
pub(super) struct Integers(Vec<i64>);

impl Integers {
    const MISSING: i64 = i64::MIN;

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

    pub(super) fn at(&self, place: usize) -> Option<f64> {
        self.0.get(place).copied().filter(|value| value.to_bits() != Self::NOT_LOGGED.to_bits())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Option<f64>> {
        self.0.iter().map(|value| (value.to_bits() != Self::NOT_LOGGED.to_bits()).then_some(*value))
    }
}
