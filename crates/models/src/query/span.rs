//! Lengths of time as a filter has them: `90m`, `7d`.

use std::{fmt, str::FromStr};

/// A length of time: an amount that is not negative, and its unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    amount: f64,
    unit: SpanUnit,
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpanUnit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
}

/// A text is no length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write a length of time as 30s, 90m, 2h, 7d or 1w")]
pub struct SpanError;

impl SpanUnit {
    /// All units, the shortest first.
    pub const ALL: [Self; 5] = [Self::Second, Self::Minute, Self::Hour, Self::Day, Self::Week];

    /// The letter behind the amount.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::Second => 's',
            Self::Minute => 'm',
            Self::Hour => 'h',
            Self::Day => 'd',
            Self::Week => 'w',
        }
    }

    fn millis(self) -> f64 {
        match self {
            Self::Second => 1e3,
            Self::Minute => 60e3,
            Self::Hour => 3_600e3,
            Self::Day => 86_400e3,
            Self::Week => 604_800e3,
        }
    }
}

impl Span {
    /// A length of time; `None` when the amount is negative or not finite.
    #[must_use]
    pub fn new(amount: f64, unit: SpanUnit) -> Option<Self> {
        (amount.is_finite() && amount >= 0.0).then_some(Self { amount: amount.abs(), unit })
    }

    /// How many milliseconds it has.
    #[must_use]
    pub fn millis(self) -> f64 {
        self.amount * self.unit.millis()
    }
}

impl fmt::Display for Span {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}{}", self.amount, self.unit.letter())
    }
}

impl FromStr for Span {
    type Err = SpanError;

    fn from_str(text: &str) -> Result<Self, SpanError> {
        let unit = SpanUnit::ALL.into_iter().find(|unit| text.ends_with(unit.letter())).ok_or(SpanError)?;
        let amount = text.strip_suffix(unit.letter()).unwrap_or_default();
        if !amount.chars().all(|character| character.is_ascii_digit() || character == '.') {
            return Err(SpanError);
        }
        amount.parse().ok().and_then(|amount| Self::new(amount, unit)).ok_or(SpanError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_has_an_amount_and_a_unit() {
        for (text, millis) in
            [("30s", 30e3), ("90m", 5_400e3), ("1.5h", 5_400e3), ("7d", 604_800e3), ("1w", 604_800e3)]
        {
            let span: Span = text.parse().unwrap();
            assert_eq!((span.millis(), span.to_string().as_str()), (millis, text));
        }
    }

    #[test]
    fn other_texts_are_no_spans() {
        for text in ["", "s", "7", "-7d", "7y", "1e3s", "1.2.3s", "7 d", "7dd"] {
            assert_eq!(text.parse::<Span>(), Err(SpanError), "{text}");
        }
    }
}
