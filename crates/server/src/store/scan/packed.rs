//! Rows that PostgreSQL packs into one value for each column. Arrays would do that too; those of texts take longer.

use sqlx::{Row as _, ValueRef as _};
use uuid::Uuid;

use super::{
    row::{Gather, ScanRow},
    statement::{Kind, Scan},
};
use crate::store::{Connection, Row, StoreError};

/// How a column is packed: what stands before and after its name, in SQL. The values follow each other in PostgreSQL's
/// binary form, and what is missing is a value that no row has.
pub(super) fn aggregate(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Integer => ("STRING_AGG(INT8SEND(COALESCE(", ", CAST('-9223372036854775808' AS BIGINT))), '')"),
        Kind::Real => ("STRING_AGG(FLOAT8SEND(COALESCE(", ", 'NaN')), '')"),
        Kind::Id => ("STRING_AGG(UUID_SEND(COALESCE(", ", '00000000-0000-0000-0000-000000000000')), '')"),
        // PostgreSQL's texts have no NUL, and UTF-8 has no 0xff.
        Kind::Text => ("STRING_AGG(COALESCE(TEXTSEND(", "), '\\xff'), '\\x00')"),
    }
}

/// What is left of a column.
#[derive(Debug)]
struct Packed<'r> {
    kind: Kind,
    rest: &'r [u8],
}

impl<'r> Packed<'r> {
    /// A column of the only row; nothing is in it where there is nothing to pack.
    fn of(row: &'r Row, column: usize, kind: Kind) -> Result<Self, StoreError> {
        let Row::Postgres(row) = row else { return Err(corrupt()) };
        let value = row.try_get_raw(column)?;
        let rest = if value.is_null() { &[] } else { value.as_bytes().map_err(|_| corrupt())? };
        Ok(Self { kind, rest })
    }

    /// The value of the next row, `None` when it is missing.
    fn next(&mut self) -> Result<Option<&'r [u8]>, StoreError> {
        let (value, is_missing) = match self.kind {
            Kind::Integer => {
                let bytes = self.take::<8>()?;
                (bytes.as_slice(), *bytes == i64::MIN.to_be_bytes())
            }
            Kind::Real => {
                let bytes = self.take::<8>()?;
                (bytes.as_slice(), f64::from_be_bytes(*bytes).is_nan())
            }
            Kind::Id => {
                let bytes = self.take::<16>()?;
                (bytes.as_slice(), *bytes == Uuid::nil().into_bytes())
            }
            Kind::Text => {
                let end = self.rest.iter().position(|byte| *byte == 0).unwrap_or(self.rest.len());
                let (text, rest) = self.rest.split_at_checked(end).ok_or_else(corrupt)?;
                self.rest = rest.get(1..).unwrap_or_default();
                (text, text == [0xff])
            }
        };
        Ok((!is_missing).then_some(value))
    }

    fn take<const N: usize>(&mut self) -> Result<&'r [u8; N], StoreError> {
        let (bytes, rest) = self.rest.split_first_chunk().ok_or_else(corrupt)?;
        self.rest = rest;
        Ok(bytes)
    }
}

/// Reads all rows; the first column of each is an integer that it has.
pub(super) async fn read<T: Gather>(
    connection: &mut Connection,
    scan: Scan,
    mut into: T,
) -> Result<T, StoreError> {
    let kinds: Vec<Kind> = scan.columns.iter().map(|(kind, _)| *kind).collect();
    let row = connection.fetch_one(scan.packed()).await?;
    let columns = kinds.into_iter().enumerate().map(|(column, kind)| Packed::of(&row, column, kind));
    let mut columns: Vec<Packed<'_>> = columns.collect::<Result<_, _>>()?;
    let mut cells = vec![None; columns.len()];
    while columns.first().is_some_and(|first| !first.rest.is_empty()) {
        for (cell, column) in cells.iter_mut().zip(&mut columns) {
            *cell = column.next()?;
        }
        into.add(ScanRow::Packed(&cells))?;
    }
    Ok(into)
}

fn corrupt() -> StoreError {
    StoreError::Corrupt("PostgreSQL packed a column otherwise than it was asked to".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(kind: Kind, rest: &[u8], n: usize) -> Vec<Option<Vec<u8>>> {
        let mut packed = Packed { kind, rest };
        (0..n).map(|_| packed.next().unwrap().map(<[u8]>::to_vec)).collect()
    }

    #[test]
    fn values_and_what_is_missing_are_told_apart() {
        let integers: Vec<u8> = [7, i64::MIN].into_iter().flat_map(i64::to_be_bytes).collect();
        assert_eq!(values(Kind::Integer, &integers, 2), [Some(7_i64.to_be_bytes().to_vec()), None]);
        let reals: Vec<u8> = [f64::NAN, 0.5].into_iter().flat_map(f64::to_be_bytes).collect();
        assert_eq!(values(Kind::Real, &reals, 2), [None, Some(0.5_f64.to_be_bytes().to_vec())]);
        assert_eq!(values(Kind::Id, &[0; 16], 1), [None]);
        let texts = values(Kind::Text, b"ab\0\xff\0\0c", 4);
        assert_eq!(texts, [Some(b"ab".to_vec()), None, Some(Vec::new()), Some(b"c".to_vec())]);
    }

    #[test]
    fn what_breaks_off_is_refused() {
        assert!(Packed { kind: Kind::Integer, rest: &[1, 2] }.next().is_err());
        assert!(Packed { kind: Kind::Id, rest: &[0; 15] }.next().is_err());
    }
}
