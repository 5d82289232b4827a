//! What a filter goes on with behind its finished tokens.

use crate::query::lexer::{Placed, Token};
use crate::query::{Field, FieldKind};

/// What is expected next.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expected {
    /// The name of a property, `NOT` or a bracket.
    Property,
    /// The key of a family, such as `metrics.`.
    Key(String),
    /// How the field is compared.
    Operator(Field),
    /// `IN`, after `NOT`.
    NotIn(Field),
    /// `SET`, or `NOT` before it.
    Set { is_negated: bool },
    /// The bracket that opens a list.
    Bracket(Field),
    /// A value.
    Value { field: Field, in_list: bool },
    /// What may follow `now`: a sign, or whatever follows a value.
    Offset { field: Field, in_list: bool },
    /// A length of time behind a sign.
    Span { field: Field, in_list: bool },
    /// A comma, or the bracket that closes the list.
    ListEnd(Field),
    /// `AND`, `OR`, or a closing bracket.
    Link,
    /// Nothing that is known: what stands there cannot be read.
    Nothing,
}

/// What is expected behind these tokens, and how many brackets are open.
pub(super) fn after(tokens: &[Placed]) -> (Expected, usize) {
    tokens.iter().fold((Expected::Property, 0), |(expected, n_open), placed| {
        let n_open = match (&expected, &placed.token) {
            (Expected::Property, Token::Symbol("(")) => n_open + 1,
            (Expected::Link | Expected::Offset { in_list: false, .. }, Token::Symbol(")")) => {
                n_open.saturating_sub(1)
            }
            _ => n_open,
        };
        (expected.followed_by(&placed.token), n_open)
    })
}

impl Expected {
    fn followed_by(self, token: &Token) -> Self {
        match self {
            Self::Property => property(token),
            Self::Key(family) => {
                let Token::Key(key) = token else { return Self::Nothing };
                Field::in_family(&family, key).map_or(Self::Nothing, Self::Operator)
            }
            Self::Operator(field) => operator(field, token),
            Self::NotIn(field) if word(token) == Some("IN") => Self::Bracket(field),
            Self::NotIn(_) => Self::Nothing,
            Self::Set { is_negated } => match word(token) {
                Some("NOT") if !is_negated => Self::Set { is_negated: true },
                Some("SET" | "NULL") => Self::Link,
                _ => Self::Nothing,
            },
            Self::Bracket(field) if *token == Token::Symbol("(") => Self::Value { field, in_list: true },
            Self::Bracket(_) => Self::Nothing,
            Self::Value { field, in_list } => value(field, in_list, token),
            Self::Offset { field, in_list } if matches!(token, Token::Symbol("-" | "+")) => {
                Self::Span { field, in_list }
            }
            Self::Offset { field, in_list } => behind_value(field, in_list).followed_by(token),
            Self::Span { field, in_list } if matches!(token, Token::Span(_)) => behind_value(field, in_list),
            Self::Span { .. } => Self::Nothing,
            Self::ListEnd(field) if *token == Token::Symbol(",") => Self::Value { field, in_list: true },
            Self::ListEnd(_) if *token == Token::Symbol(")") => Self::Link,
            Self::ListEnd(_) => Self::Nothing,
            Self::Link => match (word(token), token) {
                (Some("AND" | "OR"), _) => Self::Property,
                (_, Token::Symbol(")")) => Self::Link,
                _ => Self::Nothing,
            },
            Self::Nothing => Self::Nothing,
        }
    }
}

/// The keyword that a token is, in capitals.
fn word(token: &Token) -> Option<&'static str> {
    let Token::Word(word) = token else { return None };
    ["AND", "OR", "NOT", "IN", "IS", "SET", "NULL", "LIKE", "ILIKE", "NOW"]
        .into_iter()
        .find(|keyword| keyword.eq_ignore_ascii_case(word))
}

fn property(token: &Token) -> Expected {
    match token {
        Token::Symbol("(") => Expected::Property,
        Token::Word(_) if word(token) == Some("NOT") => Expected::Property,
        Token::Word(word) => match word.strip_suffix('.') {
            Some(family) => Expected::Key(family.to_owned()),
            None => word.parse().map_or(Expected::Nothing, Expected::Operator),
        },
        Token::Key(key) => Field::named(key).map_or(Expected::Nothing, Expected::Operator),
        Token::Text(_) | Token::Number(_) | Token::Span(_) | Token::Symbol(_) => Expected::Nothing,
    }
}

fn operator(field: Field, token: &Token) -> Expected {
    match (word(token), token) {
        (Some("IS"), _) => Expected::Set { is_negated: false },
        (Some("NOT"), _) => Expected::NotIn(field),
        (Some("IN"), _) => Expected::Bracket(field),
        (Some("LIKE" | "ILIKE"), _) => Expected::Value { field, in_list: false },
        (_, Token::Symbol("=" | "!=" | "<" | "<=" | ">" | ">=" | "~" | "!~")) => {
            Expected::Value { field, in_list: false }
        }
        _ => Expected::Nothing,
    }
}

fn value(field: Field, in_list: bool, token: &Token) -> Expected {
    match token {
        Token::Symbol(_) => Expected::Nothing,
        Token::Word(_) if word(token) == Some("NOW") && field.kind() == FieldKind::Time => {
            Expected::Offset { field, in_list }
        }
        Token::Word(_) | Token::Key(_) | Token::Text(_) | Token::Number(_) | Token::Span(_) => {
            behind_value(field, in_list)
        }
    }
}

fn behind_value(field: Field, in_list: bool) -> Expected {
    if in_list { Expected::ListEnd(field) } else { Expected::Link }
}
