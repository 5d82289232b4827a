//! Statements of which very many rows are read.

use crate::store::Sql;

/// A statement that gives very many rows, in no order.
#[derive(Debug, Clone)]
pub(in crate::store) struct Scan {
    pub(super) columns: Vec<Sql>,
    rest: Sql,
}

impl Scan {
    /// Reads these columns; `rest` begins with `FROM`.
    pub(in crate::store) fn new(columns: impl Into<Vec<Sql>>, rest: Sql) -> Self {
        Self { columns: columns.into(), rest }
    }

    /// Row by row.
    pub(in crate::store) fn plain(self) -> Sql {
        self.select("", "")
    }

    /// One row, with an array for each column.
    pub(super) fn packed(self) -> Sql {
        self.select("ARRAY_AGG(", ")")
    }

    fn select(self, before: &'static str, after: &'static str) -> Sql {
        let mut sql = Sql::default();
        for (place, column) in self.columns.into_iter().enumerate() {
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
    fn columns_are_read_by_row_or_as_arrays() {
        let mut rest = Sql::new("FROM runs r WHERE r.project_id = ");
        rest.bind(1_i64);
        let scan = Scan::new(["r.run_number".into(), "r.name".into()], rest);
        let (text, _) = scan.clone().plain().into_parts();
        assert_eq!(text, "SELECT r.run_number, r.name FROM runs r WHERE r.project_id = $1");
        let (text, _) = scan.packed().into_parts();
        assert_eq!(
            text,
            "SELECT ARRAY_AGG(r.run_number), ARRAY_AGG(r.name) FROM runs r WHERE r.project_id = $1"
        );
    }
}
