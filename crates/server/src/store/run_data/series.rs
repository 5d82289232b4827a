//! The points of one metric of one run.

use std::collections::HashMap;

use crate::store::{Connection, Sql, StoreError};

/// How many values one statement takes.
const AT_ONCE: usize = 10_000;

/// The points of one metric of one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Series {
    /// The number of the run.
    pub(super) run: i64,
    /// The number of the metric's name.
    pub(super) key: i64,
}

impl Series {
    /// A statement about the points, within these steps if there are any.
    pub(super) fn select(self, columns: &'static str, steps: Option<(i64, i64)>) -> Sql {
        let mut sql = Sql::default();
        sql.push(columns).push(" FROM metric_points WHERE run_number = ").bind(self.run);
        sql.push(" AND key_id = ").bind(self.key);
        if let Some((from, to)) = steps {
            sql.push(" AND step >= ").bind(from).push(" AND step <= ").bind(to);
        }
        sql
    }

    /// The first and the last step of the points, within these steps if there are any.
    pub(super) async fn ends(
        self,
        connection: &mut Connection,
        steps: Option<(i64, i64)>,
    ) -> Result<(i64, i64), StoreError> {
        let mut first = self.select("SELECT step", steps);
        first.push(" ORDER BY step LIMIT 1");
        let mut last = self.select("SELECT step", steps);
        last.push(" ORDER BY step DESC LIMIT 1");
        let first = connection.fetch_one(first).await?.get("step")?;
        Ok((first, connection.fetch_one(last).await?.get("step")?))
    }

    /// The step of the point that comes `n` points after the first at `from` or later; `None` beyond the end.
    pub(super) async fn step_after(
        self,
        connection: &mut Connection,
        from: i64,
        n: u64,
    ) -> Result<Option<i64>, StoreError> {
        let mut sql = self.select("SELECT step", Some((from, i64::MAX)));
        sql.push(" ORDER BY step LIMIT 1 OFFSET ").push_number(n);
        connection.fetch_optional(sql).await?.map(|row| row.get("step")).transpose()
    }

    /// The step of the finite value that comes `n` finite values before the first at `from` or later; `None` when there are
    /// fewer.
    pub(super) async fn finite_step_before(
        self,
        connection: &mut Connection,
        from: i64,
        n: u64,
    ) -> Result<Option<i64>, StoreError> {
        let mut sql = self.select("SELECT step", None);
        sql.push(" AND step < ").bind(from).push(" AND ABS(value) <= 1.7976931348623157e308");
        sql.push(" ORDER BY step DESC LIMIT 1 OFFSET ").push_number(n.saturating_sub(1));
        connection.fetch_optional(sql).await?.map(|row| row.get("step")).transpose()
    }

    /// The last finite value at each of these steps, and when it was logged.
    pub(super) async fn last_values(
        self,
        connection: &mut Connection,
        steps: &[i64],
    ) -> Result<HashMap<i64, (i64, f64)>, StoreError> {
        let mut values = HashMap::with_capacity(steps.len());
        for chunk in steps.chunks(AT_ONCE) {
            let mut sql = self.select("SELECT step, recorded_at, value", None);
            sql.push(" AND step IN (").push_list(chunk.iter().copied());
            sql.push(") ORDER BY step, recorded_at, value_key");
            for row in connection.fetch_all(sql).await? {
                if let Some(value) = row.get::<Option<f64>>("value")?.filter(|value| value.is_finite()) {
                    values.insert(row.get("step")?, (row.get("recorded_at")?, value));
                }
            }
        }
        Ok(values)
    }
}
