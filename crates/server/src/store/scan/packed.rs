//! Rows that PostgreSQL packs into arrays: the columns of a row stand at the same place of each.

use sqlx::{Row as _, ValueRef as _};

use super::{
    row::{Gather, ScanRow},
    statement::Scan,
};
use crate::store::{Connection, Row, StoreError};

/// What is left of an array in PostgreSQL's binary form: how many dimensions, whether any is null, the type of its elements,
/// for each dimension length and lower bound, then each element as its length, -1 for null, and its bytes. See `array_send`
/// in PostgreSQL's `arrayfuncs.c`.
#[derive(Debug)]
struct Array<'r> {
    rest: &'r [u8],
    n_left: usize,
}

impl<'r> Array<'r> {
    /// The array in a column; an empty one where there are no rows.
    fn of(row: &'r Row, column: usize) -> Result<Self, StoreError> {
        let Row::Postgres(row) = row else { return Err(corrupt()) };
        let value = row.try_get_raw(column)?;
        if value.is_null() {
            return Ok(Self { rest: &[], n_left: 0 });
        }
        Self::parse(value.as_bytes().map_err(|_| corrupt())?)
    }

    fn parse(bytes: &'r [u8]) -> Result<Self, StoreError> {
        let mut array = Self { rest: bytes, n_left: 0 };
        let n_dimensions = array.number()?;
        let (_has_null, _element_type) = (array.number()?, array.number()?);
        match n_dimensions {
            0 => {}
            1 => {
                array.n_left = usize::try_from(array.number()?).map_err(|_| corrupt())?;
                let _lower_bound = array.number()?;
            }
            _ => return Err(corrupt()),
        }
        Ok(array)
    }

    fn number(&mut self) -> Result<i32, StoreError> {
        let (bytes, rest) = self.rest.split_first_chunk().ok_or_else(corrupt)?;
        self.rest = rest;
        Ok(i32::from_be_bytes(*bytes))
    }

    /// The next element, `None` when it is null.
    fn element(&mut self) -> Result<Option<&'r [u8]>, StoreError> {
        let length = self.number()?;
        if length == -1 {
            return Ok(None);
        }
        let length = usize::try_from(length).map_err(|_| corrupt())?;
        let (element, rest) = self.rest.split_at_checked(length).ok_or_else(corrupt)?;
        self.rest = rest;
        Ok(Some(element))
    }
}

/// Reads all rows.
pub(super) async fn read<T: Gather>(
    connection: &mut Connection,
    scan: Scan,
    mut into: T,
) -> Result<T, StoreError> {
    let n_columns = scan.columns.len();
    let row = connection.fetch_one(scan.packed()).await?;
    let mut arrays: Vec<Array<'_>> =
        (0..n_columns).map(|column| Array::of(&row, column)).collect::<Result<_, _>>()?;
    let mut cells = vec![None; n_columns];
    for _ in 0..arrays.first().map_or(0, |array| array.n_left) {
        for (cell, array) in cells.iter_mut().zip(&mut arrays) {
            *cell = array.element()?;
        }
        into.add(ScanRow::Packed(&cells))?;
    }
    Ok(into)
}

fn corrupt() -> StoreError {
    StoreError::Corrupt("PostgreSQL gave no array of its binary form".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(numbers: &[i32], rest: &[u8]) -> Vec<u8> {
        numbers.iter().flat_map(|number| number.to_be_bytes()).chain(rest.iter().copied()).collect()
    }

    #[test]
    fn elements_and_nulls_are_told_apart() {
        let bytes = bytes(&[1, 1, 25, 3, 1, 2], &[b'a', b'b', 255, 255, 255, 255, 0, 0, 0, 0]);
        let mut array = Array::parse(&bytes).unwrap();
        assert_eq!(array.n_left, 3);
        let elements: Vec<_> = (0..3).map(|_| array.element().unwrap()).collect();
        assert_eq!(elements, [Some(&b"ab"[..]), None, Some(&b""[..])]);
    }

    #[test]
    fn what_breaks_off_is_refused() {
        assert_eq!(Array::parse(&bytes(&[0, 0, 25], &[])).unwrap().n_left, 0);
        assert!(Array::parse(&bytes(&[1, 0, 25, 1], &[])).is_err());
        assert!(Array::parse(&bytes(&[2, 0, 25, 1, 1], &[])).is_err(), "of two dimensions");
        let short = bytes(&[1, 0, 25, 1, 1, 9], b"ab");
        assert!(Array::parse(&short).unwrap().element().is_err());
    }
}
