//! Reads a filter: recursive descent over `OR`, `AND`, `NOT`, brackets and comparisons.

use super::lexer::{Placed, Token, tokens};
use super::text_test::why_no_expression;
use super::{Comparison, Field, FieldKind, Filter, Operator, Span, Value};

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

    /// Where the next token stands.
    fn position(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |placed| placed.position)
    }

    fn error(&self, message: impl Into<String>) -> ParseError {
        ParseError::new(self.position(), message)
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
        let position = self.position();
        let value = self.value(&field)?;
        let expression = value.text().filter(|_| operator.is_expression());
        match expression.and_then(why_no_expression) {
            Some(message) => Err(ParseError::new(position, message)),
            None => Ok(Comparison::Value { field, operator, value }),
        }
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
            Some(Token::Key(key)) => Field::named(&key)
                .ok_or(ParseError::new(start.position, format!("`{key}` is no property of a run"))),
            Some(Token::Text(_) | Token::Number(_) | Token::Span(_) | Token::Symbol(_)) | None => Err(start),
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
        let error = self.error("expected =, !=, <, <=, >, >=, LIKE, ILIKE, ~, !~, IN or IS SET");
        let operator = match self.advance() {
            Some(Token::Symbol("=")) => Operator::Equal,
            Some(Token::Symbol("!=")) => Operator::NotEqual,
            Some(Token::Symbol("<")) => Operator::Less,
            Some(Token::Symbol("<=")) => Operator::LessOrEqual,
            Some(Token::Symbol(">")) => Operator::Greater,
            Some(Token::Symbol(">=")) => Operator::GreaterOrEqual,
            Some(Token::Symbol("~")) => Operator::Matches,
            Some(Token::Symbol("!~")) => Operator::MatchesNot,
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("LIKE") => Operator::Like,
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("ILIKE") => Operator::LikeIgnoringCase,
            _ => return Err(error),
        };
        match field.kind() {
            FieldKind::Text if operator.is_order() => Err(ParseError::new(
                error.position,
                format!("`{field}` is a text; compare it with =, !=, LIKE, ILIKE, ~, !~ or IN"),
            )),
            FieldKind::Number | FieldKind::Time | FieldKind::Duration if operator.is_pattern() => {
                Err(ParseError::new(
                    error.position,
                    format!("`{field}` is a number; compare it with =, !=, <, <=, > or >="),
                ))
            }
            FieldKind::Text | FieldKind::Number | FieldKind::Time | FieldKind::Duration => Ok(operator),
        }
    }

    fn value(&mut self, field: &Field) -> Result<Value, ParseError> {
        let (position, kind) = (self.position(), field.kind());
        let value = match (self.advance(), kind) {
            (Some(Token::Text(text) | Token::Key(text)), FieldKind::Text) => Some(Value::Text(text)),
            (_, FieldKind::Text) => None,
            (Some(Token::Number(number)), _) => Some(Value::Number(number)),
            (Some(Token::Span(span)), FieldKind::Duration) => Some(Value::Span(span)),
            (Some(Token::Text(text) | Token::Key(text)), _) => number(&text).or_else(|| match kind {
                FieldKind::Time => Value::date(&text),
                FieldKind::Duration => text.parse().ok().map(Value::Span),
                FieldKind::Number | FieldKind::Text => None,
            }),
            (Some(Token::Word(word)), FieldKind::Time) => match word.get(..3) {
                Some(now) if now.eq_ignore_ascii_case("now") => {
                    Some(self.moment(position + 3, word.get(3..).unwrap_or_default())?)
                }
                _ => None,
            },
            // `inf` is a number that is written like a word.
            (Some(Token::Word(word)), FieldKind::Number) => number(&word),
            _ => None,
        };
        value.ok_or_else(|| ParseError::new(position, expected(field)))
    }

    /// What follows `now` at `position`, of which `joined` stands in the same word, as in `now-7d`.
    fn moment(&mut self, position: usize, joined: &str) -> Result<Value, ParseError> {
        let refused =
            |position| ParseError::new(position, "expected a length of time such as 30s, 90m, 2h, 7d or 1w");
        if joined == "-" {
            let position = self.position();
            return self.takes_span().map(Value::BeforeNow).ok_or_else(|| refused(position));
        }
        if !joined.is_empty() {
            let span = joined.strip_prefix('-').and_then(|span| span.parse().ok());
            return span.map(Value::BeforeNow).ok_or_else(|| refused(position + 1));
        }
        let moment = if self.takes_symbol("-") {
            Value::BeforeNow
        } else if self.takes_symbol("+") {
            Value::AfterNow
        } else {
            return Ok(Value::Now);
        };
        let position = self.position();
        self.takes_span().map(moment).ok_or_else(|| refused(position))
    }

    fn takes_span(&mut self) -> Option<Span> {
        match self.peek() {
            Some(Token::Span(span)) => {
                let span = *span;
                self.next += 1;
                Some(span)
            }
            _ => None,
        }
    }
}

fn number(text: &str) -> Option<Value> {
    text.parse().ok().map(Value::Number)
}

/// What a field is compared with.
fn expected(field: &Field) -> String {
    match field.kind() {
        FieldKind::Text => format!("expected a text in single quotes to compare `{field}` with"),
        FieldKind::Number => format!("expected a number to compare `{field}` with"),
        FieldKind::Time => {
            format!("expected a time to compare `{field}` with: '2026-11-01', '2026-11-01 12:30' or now - 7d")
        }
        FieldKind::Duration => {
            format!("expected a length of time to compare `{field}` with, such as 30s, 90m, 2h or 7d")
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
