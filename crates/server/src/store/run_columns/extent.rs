//! How runs are read in pieces: on several connections at once, and never more at once than fits.

use models::{experiment::LifecycleStage, id::ProjectId, query::Field};

use super::{
    statements::{LABELS, Numbers},
    table::Base,
};
use crate::store::{Connection, Sql, StoreError, run_counts};

/// How many runs make a piece.
const PIECE: u64 = 50_000;
/// How many where a run may have a long text, and PostgreSQL packs them all.
const PIECE_OF_TEXTS: u64 = 8_000;
/// How many where an index by name is read as a whole for each piece.
const PIECE_OF_METRICS: u64 = 2_000_000;

/// Which runs are read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Extent<'n> {
    /// Those with these numbers.
    These(&'n [i64]),
    /// All: so many, from the first number to the last.
    All { n_runs: u64, first: i64, last: i64 },
}

impl Extent<'static> {
    /// All these runs, which are in the order of their numbers.
    pub(super) fn of(runs: &[Base]) -> Self {
        let number = |run: Option<&Base>| run.map_or(0, |run| run.number);
        Self::All { n_runs: count(runs.len()), first: number(runs.first()), last: number(runs.last()) }
    }

    /// All runs of these projects.
    pub(super) async fn read(
        connection: &mut Connection,
        projects: &[ProjectId],
    ) -> Result<Self, StoreError> {
        let n_runs = run_counts::of_all(connection, projects).await?;
        let mut sql = Sql::new("SELECT MIN(x.n) AS first, MAX(x.n) AS last FROM (");
        for (place, end) in ["MIN", "MAX"].into_iter().enumerate() {
            for (number, stage) in [LifecycleStage::Active, LifecycleStage::Deleted].into_iter().enumerate() {
                sql.push(if place + number > 0 { " UNION ALL SELECT " } else { "SELECT " });
                sql.push(end).push("(r.run_number) AS n FROM runs r");
                if let [only] = projects {
                    // An index knows both ends of each stage.
                    sql.push(" WHERE r.project_id = ").bind(*only);
                    sql.push(" AND r.lifecycle_stage = ").bind(stage.as_str());
                }
            }
        }
        sql.push(") x");
        let row = connection.fetch_one(sql).await?;
        let number = |name| Ok::<_, StoreError>(row.get::<Option<i64>>(name)?.unwrap_or_default());
        Ok(Self::All { n_runs, first: number("first")?, last: number("last")? })
    }
}

impl<'n> Extent<'n> {
    /// The pieces in which attributes are read.
    pub(super) fn pieces(&self) -> Vec<Numbers<'n>> {
        self.of_at_most(PIECE)
    }

    /// The pieces in which labels, or what runs have logged, are read.
    pub(super) fn pieces_of(&self, field: &Field, is_postgres: bool) -> Vec<Numbers<'n>> {
        match field {
            Field::Metric(_) if is_postgres => self.of_at_most(PIECE_OF_METRICS),
            Field::Metric(_) => self.of_at_most(u64::MAX),
            Field::Parameter(_) | Field::Tag(_) if is_postgres => self.of_at_most(PIECE_OF_TEXTS),
            Field::Parameter(_) | Field::Tag(_) => self.pieces(),
            field if *field == LABELS => self.of_at_most(PIECE_OF_METRICS),
            Field::Attribute(_) => self.pieces(),
        }
    }

    fn of_at_most(&self, most: u64) -> Vec<Numbers<'n>> {
        let (n_runs, first, last) = match *self {
            Self::These(numbers) => return vec![Numbers::These(numbers)],
            Self::All { n_runs, first, last } => (n_runs, first, last),
        };
        if n_runs <= most {
            return vec![Numbers::All];
        }
        let span = last.abs_diff(first) + 1;
        let is_dense = n_runs > span / 2;
        let width = i64::try_from(span.div_ceil(n_runs.div_ceil(most))).unwrap_or(i64::MAX);
        let starts = std::iter::successors(Some(first), |start| start.checked_add(width));
        let piece = |start: i64| Numbers::Within { range: start..start.saturating_add(width), is_dense };
        starts.take_while(|start| *start <= last).map(piece).collect()
    }
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges(n_runs: u64, first: i64, last: i64) -> Vec<(std::ops::Range<i64>, bool)> {
        let pieces = Extent::All { n_runs, first, last }.of_at_most(100);
        let range = |piece| match piece {
            Numbers::Within { range, is_dense } => Some((range, is_dense)),
            Numbers::All | Numbers::These(_) => None,
        };
        pieces.into_iter().filter_map(range).collect()
    }

    #[test]
    fn few_runs_are_one_piece() {
        assert_eq!(ranges(100, 1, 1_000_000), []);
        assert_eq!(ranges(0, 0, 0), []);
    }

    #[test]
    fn pieces_leave_nothing_out() {
        assert_eq!(ranges(201, 5, 205), [(5..72, true), (72..139, true), (139..206, true)]);
        let sparse = ranges(150, 1, 1_000);
        assert_eq!(sparse, [(1..501, false), (501..1_001, false)]);
    }
}
