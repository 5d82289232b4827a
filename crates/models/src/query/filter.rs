//! A parsed filter, and how it is written.

use std::fmt;

use super::{Field, Value};

/// Which runs are wanted.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// All of these hold; an empty list holds always.
    And(Vec<Filter>),
    /// One of these holds at least; an empty list never holds.
    Or(Vec<Filter>),
    /// This does not hold.
    Not(Box<Filter>),
    /// A comparison holds.
    Is(Comparison),
}

/// One condition on one field. A run without a value for the field fulfils no condition but `IS NOT SET`.
#[derive(Debug, Clone, PartialEq)]
pub enum Comparison {
    /// `field < 0.2`; `!=` and `!~` ask for runs with a value, of which `=` and `~` do not hold.
    Value { field: Field, operator: Operator, value: Value },
    /// `field IN ('a', 'b')`, or `NOT IN`.
    In { field: Field, values: Vec<Value>, negated: bool },
    /// `field IS SET`, or `IS NOT SET`.
    Set { field: Field, negated: bool },
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    /// Matches with `%` for any text and `_` for any character.
    Like,
    /// As `Like`, whatever the case.
    LikeIgnoringCase,
    /// A part matches a regular expression; `^` and `$` stand for begin and end.
    Matches,
    /// No part matches.
    MatchesNot,
}

impl Comparison {
    /// The field that is compared.
    #[must_use]
    pub fn field(&self) -> &Field {
        match self {
            Self::Value { field, .. } | Self::In { field, .. } | Self::Set { field, .. } => field,
        }
    }
}

impl Filter {
    /// The filter that all runs pass.
    #[must_use]
    pub fn all() -> Self {
        Self::And(Vec::new())
    }

    /// This and another.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::And(mut left), Self::And(right)) => {
                left.extend(right);
                Self::And(left)
            }
            (Self::And(mut left), right) => {
                left.push(right);
                Self::And(left)
            }
            (left, Self::And(mut right)) => {
                right.insert(0, left);
                Self::And(right)
            }
            (left, right) => Self::And(vec![left, right]),
        }
    }

    /// The runs whose `field` equals `text`, or that have none.
    #[must_use]
    pub fn equals(field: Field, text: Option<String>) -> Self {
        Self::Is(match text {
            Some(text) => Comparison::Value { field, operator: Operator::Equal, value: Value::Text(text) },
            None => Comparison::Set { field, negated: true },
        })
    }
}

impl Operator {
    /// The operator as it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Like => "LIKE",
            Self::LikeIgnoringCase => "ILIKE",
            Self::Matches => "~",
            Self::MatchesNot => "!~",
        }
    }

    /// Whether it asks for what another operator does not hold of.
    #[must_use]
    pub fn is_negated(self) -> bool {
        matches!(self, Self::NotEqual | Self::MatchesNot)
    }

    /// Whether it matches texts with a pattern.
    #[must_use]
    pub fn is_pattern(self) -> bool {
        matches!(self, Self::Like | Self::LikeIgnoringCase | Self::Matches | Self::MatchesNot)
    }

    /// Whether it matches texts with a regular expression.
    #[must_use]
    pub fn is_expression(self) -> bool {
        matches!(self, Self::Matches | Self::MatchesNot)
    }

    /// Whether it asks which of two values is greater.
    #[must_use]
    pub fn is_order(self) -> bool {
        matches!(self, Self::Less | Self::LessOrEqual | Self::Greater | Self::GreaterOrEqual)
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::And(parts) => {
                write_list(formatter, parts, " AND ", |part| matches!(part, Self::Or(_) | Self::And(_)))
            }
            Self::Or(parts) => {
                write_list(formatter, parts, " OR ", |part| matches!(part, Self::Or(_) | Self::And(_)))
            }
            Self::Not(part) => write!(formatter, "NOT ({part})"),
            Self::Is(comparison) => comparison.fmt(formatter),
        }
    }
}

fn write_list(
    formatter: &mut fmt::Formatter<'_>,
    parts: &[Filter],
    separator: &str,
    in_brackets: fn(&Filter) -> bool,
) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            formatter.write_str(separator)?;
        }
        if in_brackets(part) {
            write!(formatter, "({part})")?;
        } else {
            write!(formatter, "{part}")?;
        }
    }
    Ok(())
}

impl fmt::Display for Comparison {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value { field, operator, value } => {
                write!(formatter, "{} {} {value}", field.written(), operator.as_str())
            }
            Self::In { field, values, negated } => {
                write!(formatter, "{} {}IN (", field.written(), if *negated { "NOT " } else { "" })?;
                for (index, value) in values.iter().enumerate() {
                    write!(formatter, "{}{value}", if index > 0 { ", " } else { "" })?;
                }
                formatter.write_str(")")
            }
            Self::Set { field, negated } => {
                write!(formatter, "{} IS {}SET", field.written(), if *negated { "NOT " } else { "" })
            }
        }
    }
}
