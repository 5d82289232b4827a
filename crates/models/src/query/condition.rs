//! Comparisons in memory, as the databases make them: texts by their bytes, numbers as IEEE 754 has it.

use uuid::Uuid;

use super::text_test::TextTest;
use super::{Comparison, Operator, Value};
use crate::time::UnixMillis;

/// A comparison that is ready to be asked of many runs.
#[derive(Debug, Clone)]
pub struct Condition {
    test: Test,
    /// Whether the runs are wanted that have a value and do not pass the test.
    is_negated: bool,
}

#[derive(Debug, Clone)]
enum Test {
    IsSet,
    Number(Operator, f64),
    Numbers(Vec<f64>),
    Text(TextTest),
}

impl Condition {
    /// Makes a comparison ready for who asks at `now`.
    #[must_use]
    pub fn new(comparison: &Comparison, now: UnixMillis) -> Self {
        match comparison {
            Comparison::Set { negated, .. } => Self { test: Test::IsSet, is_negated: *negated },
            Comparison::Value { operator, value, .. } => {
                let test = match value.text() {
                    Some(text) => Test::Text(TextTest::new(*operator, text)),
                    None => Test::Number(*operator, value.number(now).unwrap_or(f64::NAN)),
                };
                // Of numbers `!=` is a test of its own.
                let is_negated = operator.is_negated() && matches!(test, Test::Text(_));
                Self { test, is_negated }
            }
            Comparison::In { values, negated, .. } => {
                let texts = values.iter().filter_map(Value::text).map(Into::into).collect::<Vec<_>>();
                let numbers = || values.iter().filter_map(|value| value.number(now)).collect();
                let is_text = !texts.is_empty();
                let test =
                    if is_text { Test::Text(TextTest::Among(texts)) } else { Test::Numbers(numbers()) };
                Self { test, is_negated: *negated }
            }
        }
    }

    /// Whether a run passes that has no value.
    #[must_use]
    pub fn holds_for_none(&self) -> bool {
        self.is_negated && matches!(self.test, Test::IsSet)
    }

    /// Whether a run with this number passes. NaN differs from everything, and is neither less nor greater than
    /// anything.
    #[must_use]
    pub fn holds_for_number(&self, own: f64) -> bool {
        let passes = match &self.test {
            Test::IsSet => true,
            Test::Number(operator, number) => operator.holds(own, *number),
            Test::Numbers(numbers) => numbers.contains(&own),
            Test::Text(_) => return false,
        };
        passes != self.is_negated
    }

    /// Whether a run with this text passes.
    #[must_use]
    pub fn holds_for_text(&self, own: &str) -> bool {
        self.holds_if(|test| test.passes(own))
    }

    /// Whether a run passes that refers to something: it compares by its name, and it equals its id.
    #[must_use]
    pub fn holds_for_named(&self, id: Uuid, name: &str) -> bool {
        self.holds_if(|test| test.passes(name) || test.names(id))
    }

    /// Whether a run passes that refers to several things: one of them passes. Where what does not hold is asked for, the
    /// run must refer to something, and nothing of it may pass.
    #[must_use]
    pub fn holds_for_several<'n>(&self, own: impl IntoIterator<Item = (Uuid, &'n str)>) -> bool {
        let mut own = own.into_iter().peekable();
        if own.peek().is_none() {
            return self.holds_for_none();
        }
        self.holds_if(|test| own.any(|(id, name)| test.passes(name) || test.names(id)))
    }

    fn holds_if(&self, passes: impl FnOnce(&TextTest) -> bool) -> bool {
        let passes = match &self.test {
            Test::IsSet => true,
            Test::Text(test) => passes(test),
            Test::Number(..) | Test::Numbers(_) => return false,
        };
        passes != self.is_negated
    }
}

impl Operator {
    /// Whether two numbers compare so. Numbers match no patterns.
    #[expect(clippy::float_cmp, reason = "it is what was asked for")]
    fn holds(self, own: f64, number: f64) -> bool {
        match self {
            Self::Equal => own == number,
            Self::NotEqual => own != number,
            Self::Less => own < number,
            Self::LessOrEqual => own <= number,
            Self::Greater => own > number,
            Self::GreaterOrEqual => own >= number,
            Self::Like | Self::LikeIgnoringCase | Self::Matches | Self::MatchesNot => false,
        }
    }
}
