//! Cuts a filter into words, each with the place where it stands.

use super::{ParseError, Span};

/// A piece of a filter.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A name, a keyword, or a dotted path.
    Word(String),
    /// A key in backticks or double quotes.
    Key(String),
    /// A text in single quotes.
    Text(String),
    /// A number.
    Number(f64),
    /// A length of time, such as `7d`.
    Span(Span),
    /// `=`, `!=`, `<`, `<=`, `>`, `>=`, `~`, `!~`, `(`, `)`, `,`, or a sign that stands before no number.
    Symbol(&'static str),
}

/// A token, the position of its first character, counted in characters from 0, and that behind its last.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub(super) token: Token,
    pub(super) position: usize,
    pub(super) end: usize,
}

const SYMBOLS: [&str; 12] = ["!=", "<>", "<=", ">=", "!~", "=", "<", ">", "~", "(", ")", ","];

/// Whether `key` is read as one word without quotes.
pub(super) fn is_word(key: &str) -> bool {
    !key.is_empty() && key.chars().all(is_word_character)
}

/// Whether a word goes on with this character.
pub(super) fn is_word_character(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '.' | '/' | '-' | ':' | '@' | '$')
}

/// Cuts `text` into tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<Placed>, ParseError> {
    let (found, error) = readable(&text.chars().collect::<Vec<_>>());
    error.map_or(Ok(found), Err)
}

/// The tokens up to the first that cannot be read, and why that cannot.
pub(super) fn readable(characters: &[char]) -> (Vec<Placed>, Option<ParseError>) {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&character) = characters.get(at) {
        if character.is_whitespace() {
            at += 1;
            continue;
        }
        match token_at(characters, at, character) {
            Ok((token, end)) => {
                found.push(Placed { token, position: at, end });
                at = end;
            }
            Err(error) => return (found, Some(error)),
        }
    }
    (found, None)
}

fn token_at(characters: &[char], at: usize, character: char) -> Result<(Token, usize), ParseError> {
    if let Some(symbol) = SYMBOLS.into_iter().find(|symbol| starts_with(characters, at, symbol)) {
        return Ok((Token::Symbol(if symbol == "<>" { "!=" } else { symbol }), at + symbol.len()));
    }
    match character {
        '\'' => quoted(characters, at).map(|(text, end)| (Token::Text(text), end)),
        '"' | '`' => quoted(characters, at).map(|(text, end)| (Token::Key(text), end)),
        _ if character.is_ascii_digit() || matches!(character, '-' | '+' | '.') => number(characters, at),
        _ if is_word_character(character) => {
            let end = end_of(characters, at, is_word_character);
            Ok((Token::Word(slice(characters, at, end)), end))
        }
        _ => {
            Err(ParseError::new(at, format!("`{character}` means nothing here; put texts in single quotes")))
        }
    }
}

fn number(characters: &[char], at: usize) -> Result<(Token, usize), ParseError> {
    let end = end_of(characters, at + 1, |character| is_word_character(character) || character == '+');
    let text = slice(characters, at, end);
    if let Ok(number) = text.parse() {
        return Ok((Token::Number(number), end));
    }
    if let Ok(span) = text.parse() {
        return Ok((Token::Span(span), end));
    }
    match text.chars().next() {
        Some('-') => Ok((Token::Symbol("-"), at + 1)),
        Some('+') => Ok((Token::Symbol("+"), at + 1)),
        _ => Err(ParseError::new(at, format!("`{text}` is not a number; put texts in single quotes"))),
    }
}

/// The text between the quote at `at` and its partner; a doubled quote stands for itself.
fn quoted(characters: &[char], at: usize) -> Result<(String, usize), ParseError> {
    let quote = characters.get(at).copied().unwrap_or('\'');
    let (mut text, mut next) = (String::new(), at + 1);
    while let Some(&character) = characters.get(next) {
        if character != quote {
            text.push(character);
            next += 1;
        } else if characters.get(next + 1) == Some(&quote) {
            text.push(quote);
            next += 2;
        } else {
            return Ok((text, next + 1));
        }
    }
    Err(ParseError::new(at, format!("the quote {quote} is never closed")))
}

fn starts_with(characters: &[char], at: usize, symbol: &str) -> bool {
    symbol.chars().enumerate().all(|(offset, expected)| characters.get(at + offset) == Some(&expected))
}

fn end_of(characters: &[char], from: usize, belongs: impl Fn(char) -> bool) -> usize {
    characters
        .iter()
        .skip(from)
        .position(|&character| !belongs(character))
        .map_or(characters.len(), |n| from + n)
}

fn slice(characters: &[char], from: usize, to: usize) -> String {
    characters.iter().take(to).skip(from).collect()
}
