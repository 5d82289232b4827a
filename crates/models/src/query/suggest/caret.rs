//! What stands before the caret, and what of it is still being written.

use crate::query::lexer::{Placed, Token, is_word_character, readable};

/// A filter up to the caret.
#[derive(Debug)]
pub(super) struct Before {
    /// The tokens that are finished.
    pub(super) tokens: Vec<Placed>,
    /// What is being written, without its quotes; empty between two tokens.
    pub(super) needle: String,
    /// Where that begins, and where it ends, which may be behind the caret; in characters.
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Before {
    pub(super) fn new(text: &str, caret: usize) -> Self {
        let characters: Vec<char> = text.chars().collect();
        let caret = caret.min(characters.len());
        let (mut tokens, error) = readable(characters.get(..caret).unwrap_or_default());
        let from = match error {
            // A quote that is still open, or a character that begins an operator.
            Some(error) => error.position,
            None => tokens
                .pop_if(|last| last.end == caret && is_open(&last.token))
                .map_or(caret, |last| last.position),
        };
        let quote =
            characters.get(from).copied().filter(|_| from < caret).filter(|first| "'\"`".contains(*first));
        let written =
            |from: usize, to: usize| characters.get(from..to).unwrap_or_default().iter().collect::<String>();
        let mut needle =
            written(from + usize::from(quote.is_some()), caret.max(from + usize::from(quote.is_some())));
        // The key of `metrics.` in quotes.
        let family = quote.and_then(|_| tokens.pop_if(|last| last.end == from && is_family(&last.token)));
        let begin = family.as_ref().map_or(from, |family| family.position);
        needle.insert_str(0, &written(begin, from));
        let to = if from == caret { caret } else { end_of(&characters, caret, quote) };
        Self { tokens, needle, from: begin, to }
    }
}

/// Whether a token may go on behind its last character.
fn is_open(token: &Token) -> bool {
    matches!(token, Token::Word(_) | Token::Number(_) | Token::Span(_))
}

fn is_family(token: &Token) -> bool {
    matches!(token, Token::Word(word) if word.ends_with('.'))
}

/// Where the word goes on to, and its closing quote where that follows.
fn end_of(characters: &[char], caret: usize, quote: Option<char>) -> usize {
    let rest = characters.get(caret..).unwrap_or_default();
    let n = rest.iter().take_while(|character| is_word_character(**character)).count();
    let is_closed = quote.is_some() && rest.get(n).copied() == quote;
    caret + n + usize::from(is_closed)
}
