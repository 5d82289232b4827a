//! What a field is compared with.

use std::fmt;

use super::{Span, date};
use crate::time::UnixMillis;

/// What a field is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A number; of times and durations in milliseconds.
    Number(f64),
    /// A text.
    Text(String),
    /// A length of time, `2h`: what durations are compared with.
    Span(Span),
    /// A day, or a time of a day, in UTC: `'2026-11-01 12:30'`.
    Date(UnixMillis),
    /// The moment at which the question is asked.
    Now,
    /// So long before that moment: `now - 7d`.
    BeforeNow(Span),
    /// So long after that moment: `now + 1h`.
    AfterNow(Span),
}

impl Value {
    /// The date that a text names: `2026-11-01`, or with a time of the day, `2026-11-01 12:30`; in UTC.
    #[must_use]
    pub fn date(text: &str) -> Option<Self> {
        date::read(text).map(Self::Date)
    }

    /// The text that it is; `None` for numbers and times.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Number(_)
            | Self::Span(_)
            | Self::Date(_)
            | Self::Now
            | Self::BeforeNow(_)
            | Self::AfterNow(_) => None,
        }
    }

    /// The number that it is for who asks at `now`, times and spans in milliseconds; `None` for a text.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "milliseconds until the year 9999 are exact in a double")]
    pub fn number(&self, now: UnixMillis) -> Option<f64> {
        let now = now.0 as f64;
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(_) => None,
            Self::Span(span) => Some(span.millis()),
            Self::Date(time) => Some(time.0 as f64),
            Self::Now => Some(now),
            Self::BeforeNow(span) => Some(now - span.millis()),
            Self::AfterNow(span) => Some(now + span.millis()),
        }
    }

    /// The same value as a number or a text, for who asks at `now`.
    #[must_use]
    pub fn at(&self, now: UnixMillis) -> Self {
        self.number(now).map_or_else(|| self.clone(), Self::Number)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(formatter, "{number}"),
            Self::Text(text) => write!(formatter, "'{}'", text.replace('\'', "''")),
            Self::Span(span) => span.fmt(formatter),
            Self::Date(time) => write!(formatter, "'{}'", date::write(*time)),
            Self::Now => formatter.write_str("now"),
            Self::BeforeNow(span) => write!(formatter, "now - {span}"),
            Self::AfterNow(span) => write!(formatter, "now + {span}"),
        }
    }
}
