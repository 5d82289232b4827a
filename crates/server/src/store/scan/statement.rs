//! Statements of which very many rows are read.

use super::packed;
use crate::store::Sql;

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Kind {
    Integer,
    Real,
    Text,
    Id,
}

/// A statement that gives very many rows, in no order.
#[derive(Debug, Clone)]
pub(in crate::store) struct Scan {
    pub(super) columns: Vec<(Kind, Sql)>,
    rest: Sql,
}

impl Scan {
    /// Reads these columns; `rest` begins with `FROM`.
    pub(in crate::store) fn new(columns: impl Into<Vec<(Kind, Sql)>>, rest: Sql) -> Self {
        Self { columns: columns.into(), rest }
    }

    /// Row by row.
    pub(in crate::store) fn plain(self) -> Sql {
        self.select(|_| ("", ""))
    }

    /// One row, with the values of all in each column.
    pub(super) fn packed(self) -> Sql {
        self.select(packed::aggregate)
    }

    fn select(self, around: fn(Kind) -> (&'static str, &'static str)) -> Sql {
        let mut sql = Sql::default();
        for (place, (kind, column)) in self.columns.into_iter().enumerate() {
            let (before, after) = around(kind);
            sql.push(if place == 0 { "SELECT " } else { ", " });
            sql.push(before).append(column).push(after);
        }
        sql.push(" ").append(self.rest);
        sql
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_read_by_row_or_packed() {
        let mut rest = Sql::new("FROM runs r WHERE r.project_id = ");
        rest.bind(1_i64);
        let scan = Scan::new([(Kind::Integer, "r.run_number".into()), (Kind::Text, "r.name".into())], rest);
        let (text, _) = scan.clone().plain().into_parts();
        assert_eq!(text, "SELECT r.run_number, r.name FROM runs r WHERE r.project_id = $1");
        let (text, _) = scan.packed().into_parts();
        assert!(text.starts_with("SELECT STRING_AGG(INT8SEND(COALESCE(r.run_number, "), "{text}");
        assert!(text.contains("STRING_AGG(COALESCE(TEXTSEND(r.name), "), "{text}");
    }
}
