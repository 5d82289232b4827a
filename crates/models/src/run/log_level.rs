//! The levels of lines of a log, as the usual libraries write them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// How grave a program said that a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum LogLevel {
    /// For whoever looks for a defect.
    Debug,
    /// In the usual course.
    Info,
    /// Not as it should be.
    Warning,
    /// Something failed.
    Error,
    /// Nothing goes on.
    Critical,
}

/// Where in a line its level is looked for: after a time and a name, before the message.
const HEAD: usize = 120;

impl LogLevel {
    /// All levels, the least grave first.
    pub const ALL: [Self; 5] = [Self::Debug, Self::Info, Self::Warning, Self::Error, Self::Critical];

    /// The spelling on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
            Self::Critical => "critical",
        }
    }

    /// The level that is spelled `text`.
    #[must_use]
    pub fn named(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == text)
    }

    /// The level of a line, where its program gave it one: as Python's `logging`, Loguru, glog, logfmt and JSON write it.
    #[must_use]
    pub fn of(line: &str) -> Option<Self> {
        let head = without_colours(head(line));
        let head = head.as_ref();
        if head.starts_with("Traceback (most recent call last)") || is_exception(head) {
            return Some(Self::Error);
        }
        short_form(head).or_else(|| in_words(head))
    }
}

/// The begin of a line, cut between two characters.
fn head(line: &str) -> &str {
    let mut end = line.len().min(HEAD);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    &line[..end]
}

/// The text without a terminal's sequences for colours, whose last letter would stick to the word after it.
fn without_colours(head: &str) -> Cow<'_, str> {
    if !head.contains('\u{1b}') {
        return Cow::Borrowed(head);
    }
    let mut parts = head.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|character: char| !character.is_ascii_digit() && character != ';');
        plain.extend(end.and_then(|end| part.get(end + 1..)));
    }
    Cow::Owned(plain)
}

/// Whether a line is what Python ends a traceback with: `ValueError: …`, `torch.cuda.OutOfMemoryError: …`.
fn is_exception(head: &str) -> bool {
    let name = head.split(':').next().unwrap_or_default();
    let is_name = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '.');
    let ends = |ending: &str| name.len() > ending.len() && name.ends_with(ending);
    name.chars().all(is_name) && (ends("Error") || ends("Exception"))
}

/// glog: `E0102 12:00:00.000000 …`, also in square brackets.
fn short_form(head: &str) -> Option<LogLevel> {
    let head = head.strip_prefix('[').unwrap_or(head).as_bytes();
    let (letter, digits) = (head.first()?, head.get(1..5)?);
    if !digits.iter().all(u8::is_ascii_digit) || !head.get(5)?.is_ascii_whitespace() {
        return None;
    }
    match letter {
        b'I' => Some(LogLevel::Info),
        b'W' => Some(LogLevel::Warning),
        b'E' => Some(LogLevel::Error),
        b'F' => Some(LogLevel::Critical),
        _ => None,
    }
}

/// A level in capital letters stands alone; in small ones it is a word like others, unless something says so.
fn in_words(head: &str) -> Option<LogLevel> {
    let mut at = 0;
    let mut is_first = true;
    while let Some(start) = head[at..].find(|character: char| character.is_ascii_alphabetic()) {
        let start = at + start;
        let is_letter = |character: char| character.is_ascii_alphabetic();
        let length = head[start..].find(|character| !is_letter(character)).unwrap_or(head.len() - start);
        let (word, before, after) = (&head[start..start + length], &head[..start], &head[start + length..]);
        at = start + length;
        let is_alone = !after.starts_with(|character: char| character.is_alphanumeric() || character == '_')
            && !before.ends_with(|character: char| character.is_alphanumeric() || character == '_');
        let is_marked = before.ends_with("level=")
            || before.ends_with("level=\"")
            || before.trim_end().ends_with("level\":")
            || before.trim_end_matches(['"', ' ']).ends_with("level\":")
            || (is_first && after.starts_with(':'))
            || (before.ends_with('[') && after.starts_with(']'));
        is_first = false;
        let is_loud = word.bytes().all(|letter| letter.is_ascii_uppercase());
        if is_alone
            && (is_loud || is_marked)
            && let Some(level) = of_word(word)
        {
            return Some(level);
        }
    }
    None
}

fn of_word(word: &str) -> Option<LogLevel> {
    match word.to_ascii_lowercase().as_str() {
        "trace" | "debug" => Some(LogLevel::Debug),
        "info" | "notice" => Some(LogLevel::Info),
        "warn" | "warning" => Some(LogLevel::Warning),
        "error" | "err" => Some(LogLevel::Error),
        "critical" | "fatal" | "panic" | "emergency" => Some(LogLevel::Critical),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<LogLevel>) {
        assert_eq!(LogLevel::of(line), expected, "{line}");
    }

    #[test]
    fn usual_libraries_are_understood() {
        check("INFO:root:epoch 1", Some(LogLevel::Info));
        check("2026-01-01 12:00:00,123 - train - WARNING - slow", Some(LogLevel::Warning));
        check("2026-01-01 12:00:00.123 | DEBUG    | m:f:1 - x", Some(LogLevel::Debug));
        check("E0102 12:00:00.000000 1 cuda.cc:7] no device", Some(LogLevel::Error));
        check("time=1 level=warn msg=x", Some(LogLevel::Warning));
        check(r#"{"level": "error", "msg": "x"}"#, Some(LogLevel::Error));
        check("[2026-01-01] [CRITICAL] gone", Some(LogLevel::Critical));
        check("error: no such file", Some(LogLevel::Error));
        check("\u{1b}[31mERROR\u{1b}[0m broken", Some(LogLevel::Error));
    }

    #[test]
    fn the_end_of_a_traceback_is_an_error() {
        check("Traceback (most recent call last):", Some(LogLevel::Error));
        check("ValueError: bad", Some(LogLevel::Error));
        check("torch.cuda.OutOfMemoryError: CUDA out of memory", Some(LogLevel::Error));
    }

    #[test]
    fn a_message_that_speaks_of_errors_has_no_level() {
        for line in
            ["", "no error so far", "mean squared error 0.3", "loss=0.2 INFORMATION", "é".repeat(90).as_str()]
        {
            check(line, None);
        }
    }
}
