//! Reads a filter: recursive descent over `OR`, `AND`, `NOT`, brackets and comparisons.

use super::lexer::{Placed, Token, tokens};
use super::{Attribute, Comparison, Field, Filter, Operator, Value};

/// How long a filter may be, in bytes.
pub const MAX_FILTER_BYTES: usize = 4096;
/// How many comparisons a filter may have.
pub const MAX_FILTER_TERMS: usize = 32;
const MAX_DEPTH: usize = 16;

/// What is wrong with a filter, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} (at character {})", .position + 1)]
pub struct ParseError {
    /// The offending character, counted from 0.
    pub position: usize,
    /// What to do.
    pub message: String,
}

impl ParseError {
    pub(super) fn new(position: usize, message: impl Into<String>) -> Self {
        Self { position, message: message.into() }
    }
}

/// Reads a filter; the empty text is the filter that all runs pass.
///
/// # Errors
/// [`ParseError`] names the first character that cannot be understood.
pub fn parse(text: &str) -> Result<Filter, ParseError> {
    if text.len() > MAX_FILTER_BYTES {
        return Err(ParseError::new(
            MAX_FILTER_BYTES,
            format!("shorten the filter to {MAX_FILTER_BYTES} bytes"),
        ));
    }
    let mut parser = Parser { tokens: tokens(text)?, next: 0, n_terms: 0, end: text.chars().count() };
    if parser.tokens.is_empty() {
        return Ok(Filter::all());
    }
    let filter = parser.any(0)?;
    match parser.peek() {
        None => Ok(filter),
        Some(_) => Err(parser.error("expected AND, OR or the end")),
    }
}

struct Parser {
    tokens: Vec<Placed>,
    next: usize,
    n_terms: usize,
    end: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|placed| &placed.token)
    }

    fn advance(&mut self) -> Option<Token> {
        let token = self.peek().cloned();
        self.next += 1;
        token
    }

    fn error(&self, message: impl Into<String>) -> ParseError {
        ParseError::new(self.tokens.get(self.next).map_or(self.end, |placed| placed.position), message)
    }

    fn takes_word(&mut self, keyword: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Word(word)) if word.eq_ignore_ascii_case(keyword));
        self.next += usize::from(found);
        found
    }

    fn takes_symbol(&mut self, symbol: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Symbol(own)) if *own == symbol);
        self.next += usize::from(found);
        found
    }

    fn any(&mut self, depth: usize) -> Result<Filter, ParseError> {
        let mut parts = vec![self.all(depth)?];
        while self.takes_word("OR") {
            parts.push(self.all(depth)?);
        }
        Ok(one_or(parts, Filter::Or))
    }

    fn all(&mut self, depth: usize) -> Result<Filter, ParseError> {
        let mut parts = vec![self.single(depth)?];
        while self.takes_word("AND") {
            parts.push(self.single(depth)?);
        }
        Ok(one_or(parts, Filter::And))
    }

    fn single(&mut self, depth: usize) -> Result<Filter, ParseError> {
        if depth >= MAX_DEPTH {
            return Err(self.error(format!("nest at most {MAX_DEPTH} brackets")));
        }
        if self.takes_word("NOT") {
            return Ok(Filter::Not(Box::new(self.single(depth + 1)?)));
        }
        if !self.takes_symbol("(") {
            return self.comparison().map(Filter::Is);
        }
        let inner = self.any(depth + 1)?;
        if self.takes_symbol(")") { Ok(inner) } else { Err(self.error("expected a closing bracket")) }
    }

    fn comparison(&mut self) -> Result<Comparison, ParseError> {
        self.n_terms += 1;
        if self.n_terms > MAX_FILTER_TERMS {
            return Err(self.error(format!("use at most {MAX_FILTER_TERMS} comparisons")));
        }
        let field = self.field()?;
        if self.takes_word("IS") {
            let negated = self.takes_word("NOT");
            return self.set(field, negated);
        }
        let negated = self.takes_word("NOT");
        if self.takes_word("IN") {
            return self.list(field, negated);
        }
        if negated {
            return Err(self.error("expected IN after NOT"));
        }
        let operator = self.operator(&field)?;
        let value = self.value(&field)?;
        Ok(Comparison::Value { field, operator, value })
    }

    fn field(&mut self) -> Result<Field, ParseError> {
        let start = self.error("expected the name of a property, such as metrics.loss");
        match self.advance() {
            Some(Token::Word(word)) => match (word.strip_suffix('.'), self.peek().cloned()) {
                (Some(family), Some(Token::Key(key))) => {
                    self.next += 1;
                    Field::in_family(family, &key)
                }
                _ => word.parse(),
            }
            .map_err(|error| ParseError::new(start.position, error.to_string())),
            Some(Token::Key(key)) => Attribute::named(&key)
                .map(Field::Attribute)
                .ok_or(ParseError::new(start.position, format!("`{key}` is no property of a run"))),
            Some(Token::Text(_) | Token::Number(_) | Token::Symbol(_)) | None => Err(start),
        }
    }

    fn set(&mut self, field: Field, negated: bool) -> Result<Comparison, ParseError> {
        if self.takes_word("SET") {
            Ok(Comparison::Set { field, negated })
        } else if self.takes_word("NULL") {
            Ok(Comparison::Set { field, negated: !negated })
        } else {
            Err(self.error("expected SET, or NOT SET"))
        }
    }

    fn list(&mut self, field: Field, negated: bool) -> Result<Comparison, ParseError> {
        if !self.takes_symbol("(") {
            return Err(self.error("expected a list in brackets, such as ('a', 'b')"));
        }
        let mut values = vec![self.value(&field)?];
        while self.takes_symbol(",") {
            values.push(self.value(&field)?);
        }
        if self.takes_symbol(")") {
            Ok(Comparison::In { field, values, negated })
        } else {
            Err(self.error("expected a comma or a closing bracket"))
        }
    }

    fn operator(&mut self, field: &Field) -> Result<Operator, ParseError> {
        let error = self.error("expected =, !=, <, <=, >, >=, LIKE, ILIKE, IN or IS SET");
        let operator = match self.advance() {
            Some(Token::Symbol("=")) => Operator::Equal,
            Some(Token::Symbol("!=")) => Operator::NotEqual,
            Some(Token::Symbol("<")) => Operator::Less,
            Some(Token::Symbol("<=")) => Operator::LessOrEqual,
            Some(Token::Symbol(">")) => Operator::Greater,
            Some(Token::Symbol(">=")) => Operator::GreaterOrEqual,
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("LIKE") => Operator::Like,
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("ILIKE") => Operator::LikeIgnoringCase,
            _ => return Err(error),
        };
        match (operator, field.is_number()) {
            (Operator::Like | Operator::LikeIgnoringCase, true) => Err(ParseError::new(
                error.position,
                format!("`{field}` is a number; compare it with =, !=, <, <=, > or >="),
            )),
            (operator, false) if operator.is_order() => Err(ParseError::new(
                error.position,
                format!("`{field}` is a text; compare it with =, !=, LIKE, ILIKE or IN"),
            )),
            _ => Ok(operator),
        }
    }

    fn value(&mut self, field: &Field) -> Result<Value, ParseError> {
        let position = self.error("").position;
        match (self.advance(), field.is_number()) {
            (Some(Token::Number(number)), true) => Ok(Value::Number(number)),
            (Some(Token::Text(text) | Token::Key(text)), true) => {
                text.parse().map(Value::Number).map_err(|_| {
                    ParseError::new(position, format!("`{field}` is a number; compare it with a number"))
                })
            }
            (Some(Token::Text(text) | Token::Key(text)), false) => Ok(Value::Text(text)),
            (_, true) => {
                Err(ParseError::new(position, format!("expected a number to compare `{field}` with")))
            }
            (_, false) => Err(ParseError::new(
                position,
                format!("expected a text in single quotes to compare `{field}` with"),
            )),
        }
    }
}

fn one_or(mut parts: Vec<Filter>, many: fn(Vec<Filter>) -> Filter) -> Filter {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            many(parts)
        }
        None => many(parts),
    }
}
