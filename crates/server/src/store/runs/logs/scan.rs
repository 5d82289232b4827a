//! Chooses lines out of pieces of a log.

use std::borrow::Cow;

use models::run::{LogDirection, LogLevel, LogLine};

use super::piece::{Piece, bit, level};

/// Which lines of a log are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogWanted {
    /// The number of the line to begin at; the first is 1.
    pub from: u64,
    /// Where to go from there.
    pub direction: LogDirection,
    /// How many lines.
    pub count: u64,
    /// Only lines that hold this text.
    pub text: Option<String>,
    /// Whether capital and small letters are the same.
    pub ignore_case: bool,
    /// Only lines of these levels; empty for all lines.
    pub levels: Vec<LogLevel>,
}

impl LogWanted {
    /// The bits of the levels; 0 for all lines.
    pub(in crate::store) fn mask(&self) -> i64 {
        self.levels.iter().fold(0, |mask, level| mask | bit(*level))
    }
}

/// How many bytes of lines one answer holds.
const MAX_ANSWER: usize = 1024 * 1024;
/// How many bytes are looked at for one answer.
const MAX_WORK: usize = 32 * 1024 * 1024;

/// A search under way.
#[derive(Debug)]
pub(in crate::store) struct Scan {
    pub(in crate::store) wanted: LogWanted,
    pub(in crate::store) lines: Vec<LogLine>,
    /// The line that comes next.
    pub(in crate::store) next: Option<u64>,
    /// Whether the answer is complete.
    pub(in crate::store) is_done: bool,
    n_answered: usize,
    n_looked_at: usize,
}

impl Scan {
    pub(in crate::store) fn new(mut wanted: LogWanted) -> Self {
        wanted.text = wanted.text.map(|text| if wanted.ignore_case { text.to_lowercase() } else { text });
        let next = Some(wanted.from);
        Self { wanted, lines: Vec::new(), next, is_done: false, n_answered: 0, n_looked_at: 0 }
    }

    /// Looks at the next piece on the way.
    pub(in crate::store) fn look_at(&mut self, piece: &Piece) {
        self.n_looked_at += piece.bytes.len();
        let is_forward = self.wanted.direction == LogDirection::Next;
        if self.is_in(&String::from_utf8_lossy(&piece.bytes)) {
            let lines: Vec<_> =
                if is_forward { piece.lines().collect() } else { piece.lines().rev().collect() };
            for (number, bytes) in lines {
                let is_before =
                    if is_forward { number < self.wanted.from } else { number > self.wanted.from };
                if is_before {
                    continue;
                }
                self.next = Some(number);
                if self.is_full() {
                    self.is_done = true;
                    return;
                }
                self.take(number, bytes);
            }
        }
        let after = piece.first_line + piece.n_lines();
        self.next =
            if is_forward { Some(after) } else { Some(piece.first_line - 1).filter(|line| *line > 0) };
        self.is_done = self.next.is_none() || self.is_full() || self.n_looked_at >= MAX_WORK;
    }

    fn is_full(&self) -> bool {
        self.lines.len() as u64 >= self.wanted.count || self.n_answered >= MAX_ANSWER
    }

    fn take(&mut self, number: u64, bytes: &[u8]) {
        let level = level(bytes);
        let has_level =
            self.wanted.levels.is_empty() || level.is_some_and(|it| self.wanted.levels.contains(&it));
        if !has_level {
            return;
        }
        let text = String::from_utf8_lossy(shown(bytes));
        if self.is_in(&text) {
            let text = cut(&text);
            let hidden_bytes = (shown(bytes).len().saturating_sub(text.len())) as u64;
            self.n_answered += text.len();
            self.lines.push(LogLine { number, text: text.to_owned(), level, hidden_bytes });
        }
    }

    fn is_in(&self, text: &str) -> bool {
        let Some(wanted) = &self.wanted.text else { return true };
        let text =
            if self.wanted.ignore_case { Cow::Owned(text.to_lowercase()) } else { Cow::Borrowed(text) };
        text.contains(wanted.as_str())
    }
}

/// What a terminal shows of a line at its end.
fn shown(line: &[u8]) -> &[u8] {
    line.rsplit(|byte| *byte == b'\r').find(|part| !part.is_empty()).unwrap_or_default()
}

fn cut(text: &str) -> &str {
    let mut end = text.len().min(LogLine::MAX_SHOWN);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
