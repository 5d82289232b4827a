//! A piece of a log, and its place in the database.

use std::io::{Read as _, Write as _};

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use models::run::{LogLength, LogLevel};

use crate::store::{Connection, Row, Sql, StoreError, Value};

/// From this size on a piece is closed, in bytes: small enough to be unpacked for one line, large enough to shrink well.
pub(in crate::store) const FULL: usize = 64 * 1024;

/// The greatest number of bytes that a character has besides its first.
const REST_OF_CHARACTER: usize = 3;

/// Some whole lines of a log. The last line of the last piece may go on, until it is too long for a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) struct Piece {
    /// The number of its first line; the first of all is 1.
    pub(in crate::store) first_line: u64,
    /// How many bytes of the log lie before it.
    pub(in crate::store) first_byte: u64,
    /// The lines, each with its end.
    pub(in crate::store) bytes: Vec<u8>,
}

impl Piece {
    pub(in crate::store) fn read(row: &Row) -> Result<Self, StoreError> {
        let (bytes, n_bytes): (Vec<u8>, u64) = (row.get("bytes")?, row.get("n_bytes")?);
        let bytes = if row.get("is_compressed")? { unpacked(&bytes, n_bytes)? } else { bytes };
        Ok(Self { first_line: row.get("first_line")?, first_byte: row.get("first_byte")?, bytes })
    }

    /// Its lines, without their ends.
    pub(in crate::store) fn lines(&self) -> impl DoubleEndedIterator<Item = (u64, &[u8])> + use<'_> {
        let lines: Vec<&[u8]> = self.bytes.split_inclusive(|byte| *byte == b'\n').collect();
        let numbers = self.first_line..self.first_line + lines.len() as u64;
        numbers.zip(lines.into_iter().map(without_end)).collect::<Vec<_>>().into_iter()
    }

    pub(in crate::store) fn n_lines(&self) -> u64 {
        let ends = self.bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
        ends + u64::from(!self.ends_with_line())
    }

    /// Whether nothing can be added to its last line any more.
    pub(in crate::store) fn ends_with_line(&self) -> bool {
        self.bytes.last().is_none_or(|byte| *byte == b'\n')
    }

    /// Whether nothing is added to it any more. So an append rewrites no more than it brings and one open piece, which has
    /// less than 128 KiB.
    pub(in crate::store) fn is_closed(&self) -> bool {
        let last = self.bytes.iter().rev().take_while(|byte| **byte != b'\n').count();
        self.bytes.len() >= FULL && (last == 0 || last >= LogLength::MAX_LINE - REST_OF_CHARACTER)
    }

    /// Cuts its lines into pieces that are closed but for the last.
    pub(in crate::store) fn cut(self) -> Vec<Self> {
        let (mut pieces, mut rest, mut line, mut byte) =
            (Vec::new(), &self.bytes[..], self.first_line, self.first_byte);
        while !rest.is_empty() {
            let (bytes, others) = rest.split_at(first_piece(rest));
            let piece = Self { first_line: line, first_byte: byte, bytes: bytes.to_vec() };
            line += piece.n_lines();
            byte += bytes.len() as u64;
            rest = others;
            pieces.push(piece);
        }
        pieces
    }

    /// The piece as a row of what printed it, such as the number of a run. What is closed is compressed.
    pub(in crate::store) fn row(&self, of: impl Into<Value>) -> Result<[Value; 8], StoreError> {
        let is_compressed = self.is_closed();
        let bytes = if is_compressed { packed(&self.bytes)? } else { self.bytes.clone() };
        let levels =
            self.lines().filter_map(|(_, line)| level(line)).fold(0, |mask, level| mask | bit(level));
        Ok([
            of.into(),
            signed(self.first_line).into(),
            signed(self.n_lines()).into(),
            signed(self.first_byte).into(),
            signed(self.bytes.len() as u64).into(),
            levels.into(),
            is_compressed.into(),
            bytes.into(),
        ])
    }
}

/// How many of these bytes make the first piece: whole lines, or all when they do not fill one; a line that is too long
/// ends there.
fn first_piece(bytes: &[u8]) -> usize {
    let Some(filled) = bytes.get(..FULL - 1) else { return bytes.len() };
    // Those before it are shorter than what fills a piece.
    let last_line = filled.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let most = last_line + LogLength::MAX_LINE;
    let line_end = bytes.iter().take(most + 1).skip(FULL - 1).position(|byte| *byte == b'\n');
    match (line_end, bytes.get(most)) {
        (Some(end), _) => FULL + end,
        (None, None) => bytes.len(),
        (None, Some(_)) => {
            // Not within a character.
            let begins = |place: &usize| bytes.get(*place).is_none_or(|byte| byte & 0xC0 != 0x80);
            (most - REST_OF_CHARACTER..=most).rev().find(begins).unwrap_or(most)
        }
    }
}

/// The last piece of a log.
pub(in crate::store) async fn last(
    connection: &mut Connection,
    run_number: i64,
) -> Result<Option<Piece>, StoreError> {
    let sql = Sql::new("SELECT * FROM run_log_pieces WHERE run_number = $1 ORDER BY first_line DESC LIMIT 1");
    connection.fetch_optional(sql.with(run_number)).await?.map(|row| Piece::read(&row)).transpose()
}

/// The bit that stands for a level in a piece's row.
pub(in crate::store) fn bit(level: LogLevel) -> i64 {
    match level {
        LogLevel::Debug => 1,
        LogLevel::Info => 2,
        LogLevel::Warning => 4,
        LogLevel::Error => 8,
        LogLevel::Critical => 16,
    }
}

pub(in crate::store) fn level(line: &[u8]) -> Option<LogLevel> {
    LogLevel::of(&String::from_utf8_lossy(&line[..line.len().min(512)]))
}

/// Numbers of lines and bytes as the database keeps them; none is ever so great.
pub(in crate::store) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn packed(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).map_err(broken)
}

fn unpacked(bytes: &[u8], n_bytes: u64) -> Result<Vec<u8>, StoreError> {
    let mut unpacked = Vec::new();
    DeflateDecoder::new(bytes).take(n_bytes).read_to_end(&mut unpacked).map_err(broken)?;
    Ok(unpacked)
}

fn broken(error: impl std::fmt::Display) -> StoreError {
    StoreError::Corrupt(format!("a piece of a log: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_cut_between_lines_and_lose_nothing() {
        let text = "a line of the log\n".repeat(20_000) + "no end";
        let pieces = Piece { first_line: 1, first_byte: 0, bytes: text.clone().into_bytes() }.cut();
        assert!(pieces.len() > 4);
        let (mut line, mut joined) = (1, Vec::new());
        for piece in &pieces {
            assert_eq!((piece.first_line, piece.first_byte), (line, joined.len() as u64));
            line += piece.n_lines();
            joined.extend(&piece.bytes);
        }
        assert_eq!((line, joined), (20_002, text.into_bytes()));
    }

    #[test]
    fn a_line_that_is_too_long_is_broken_up_between_characters() {
        let text = "short\n".to_owned() + &"é".repeat(3 * LogLength::MAX_LINE) + "\nend";
        let pieces = Piece { first_line: 1, first_byte: 0, bytes: text.clone().into_bytes() }.cut();
        let (last, closed) = pieces.split_last().unwrap();
        assert!(closed.len() >= 5 && closed.iter().all(Piece::is_closed) && !last.is_closed());
        assert!(pieces.iter().all(|piece| piece.bytes.len() <= FULL + LogLength::MAX_LINE));
        let texts: Vec<&str> =
            pieces.iter().map(|piece| std::str::from_utf8(&piece.bytes).unwrap()).collect();
        assert_eq!(texts.concat(), text);
        assert_eq!(last.bytes.split(|byte| *byte == b'\n').next_back(), Some(&b"end"[..]));
    }

    #[test]
    fn what_was_packed_is_the_same_again() {
        let bytes = b"epoch 1: loss 0.3\n".repeat(9_000);
        let small = packed(&bytes).unwrap_or_default();
        assert!(small.len() < bytes.len() / 10);
        assert_eq!(unpacked(&small, bytes.len() as u64).ok(), Some(bytes));
    }
}
