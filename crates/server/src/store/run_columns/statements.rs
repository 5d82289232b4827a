//! The statements that read columns.

use models::{
    experiment::LifecycleStage,
    id::{ProjectId, RunId},
    query::{Attribute, Field},
    run::RunStatus,
};
use std::ops::Range;

use super::{column, table::Base};
use crate::store::{
    Sql, Value,
    run_query::{Source, source},
    scan::{Kind, Scan},
};

/// Which runs are read.
#[derive(Debug, Clone)]
pub(super) struct Which<'w> {
    pub(super) projects: &'w [ProjectId],
    /// Those with these numbers.
    pub(super) numbers: Numbers<'w>,
    pub(super) is_postgres: bool,
}

#[derive(Debug, Clone)]
pub(super) enum Numbers<'w> {
    All,
    These(&'w [i64]),
    /// Those in this range, where most runs there are, are of the projects or are not.
    Within {
        range: Range<i64>,
        is_dense: bool,
    },
}

impl Numbers<'_> {
    fn push(&self, sql: &mut Sql, column: &'static str) {
        match self {
            Self::All => {}
            Self::These(numbers) => {
                sql.push(" AND ").push(column).push(" IN (").push_list(numbers.iter().copied()).push(")");
            }
            Self::Within { range, .. } => {
                sql.push(" AND ").push(column).push(" >= ").bind(range.start);
                sql.push(" AND ").push(column).push(" < ").bind(range.end);
            }
        }
    }
}

/// Reads attributes of runs, and what is kept of each in any case where it is wanted.
pub(super) fn attributes(which: &Which<'_>, with_bases: bool, fields: &[Field]) -> Scan {
    let mut columns = if with_bases { of_bases() } else { vec![number()] };
    columns.extend(fields.iter().map(|field| (kind(field), Sql::new(column(field)))));
    Scan::new(columns, of_runs(which))
}

/// Reads what is kept of each of these runs in any case: where they are of the only project.
pub(super) fn bases(only: Option<ProjectId>, runs: Vec<RunId>) -> Scan {
    let mut sql = Sql::new("FROM runs r WHERE ");
    if let Some(only) = only {
        sql.push("r.project_id = ").bind(only).push(" AND ");
    }
    sql.push("r.run_id IN (").push_list(runs).push(")");
    Scan::new(of_bases(), sql)
}

fn number() -> (Kind, Sql) {
    (Kind::Integer, Sql::new("r.run_number"))
}

/// Its number, and what else is kept of a run in any case in one small number: each column takes PostgreSQL as long as the
/// number does, and texts take longer.
fn of_bases() -> Vec<(Kind, Sql)> {
    let mut state =
        Sql::new("COALESCE(r.start_time, -1000000000000000) * 256 + CAST(CASE r.lifecycle_stage WHEN '");
    state
        .push(LifecycleStage::Active.as_str())
        .push("' THEN ")
        .push_number(ACTIVE)
        .push(" ELSE 0 END + CASE r.status");
    // Most runs have ended, and each name costs a comparison.
    let mut names: Vec<(u64, RunStatus)> = (0..).zip(RunStatus::ALL).collect();
    names.sort_by_key(|(_, status)| !status.is_final());
    for (place, name) in names {
        state.push(" WHEN '").push(name.as_str()).push("' THEN ").push_number(place);
    }
    state.push(" ELSE ").push_number(ACTIVE - 1).push(" END AS BIGINT)");
    vec![number(), (Kind::Integer, state)]
}
/// What stands for a missing start, in milliseconds: long before any.
const NO_TIME: i64 = -1_000_000_000_000_000;
/// How many states a run may be in, of which the start is a multiple.
const STATES: i64 = 256;
/// What is added to the place of the status of a run that is not deleted; more than there are.
const ACTIVE: u64 = 100;

/// What [`of_bases`] reads of the run with this number, from what it reads beside that.
pub(super) fn base(number: i64, read: i64) -> Base {
    let state = u64::try_from(read.rem_euclid(STATES)).unwrap_or_default();
    let place = usize::try_from(state % ACTIVE).unwrap_or_default();
    Base {
        number,
        stage: if state >= ACTIVE { LifecycleStage::Active } else { LifecycleStage::Deleted },
        status: RunStatus::ALL.get(place).copied().unwrap_or(RunStatus::Unknown),
        start_time: Some(read.div_euclid(STATES)).filter(|start| *start != NO_TIME),
    }
}

/// Where the attribute of a run `r` is.
fn column(field: &Field) -> &'static str {
    let Field::Attribute(attribute) = field else { return "NULL" };
    match source(*attribute) {
        Source::Text(column) | Source::Number(column) => column,
        Source::RunId => "r.run_id",
        Source::Reference(reference) => reference.column,
        // Read apart: several rows tell of a run.
        Source::Labels => "NULL",
    }
}

fn kind(field: &Field) -> Kind {
    match column::Kind::of(field) {
        column::Kind::Text => Kind::Text,
        column::Kind::Id | column::Kind::Several => Kind::Id,
        column::Kind::Number | column::Kind::Integer => Kind::Integer,
        column::Kind::Metric => Kind::Real,
    }
}

fn of_runs(which: &Which<'_>) -> Sql {
    // SQLite would look for each run in an index; where most are wanted it is sooner to read them as they lie.
    let as_they_lie = matches!(which.numbers, Numbers::Within { is_dense: true, .. }) && !which.is_postgres;
    let mut sql = Sql::new("FROM runs r WHERE ");
    member(&mut sql, if as_they_lie { "+r.project_id" } else { "r.project_id" }, which.projects);
    which.numbers.push(&mut sql, "r.run_number");
    sql
}

/// Reads the labels of runs.
pub(super) fn labels(which: &Which<'_>) -> Scan {
    let mut sql = Sql::new("FROM object_labels o JOIN runs r ON r.run_id = o.object_id WHERE ");
    member(&mut sql, "o.project_id", which.projects);
    sql.push(" AND ");
    member(&mut sql, "r.project_id", which.projects);
    which.numbers.push(&mut sql, "r.run_number");
    Scan::new([number(), (Kind::Id, Sql::new("o.label_id"))], sql)
}

/// Reads what runs have logged under these names of a field, which are in this table. Where runs have logged little else,
/// SQLite is sooner through with reading it all than with looking for each run.
pub(super) fn logged(
    which: &Which<'_>,
    field: &Field,
    (table, keys): (&'static str, &[i64]),
    has_little_else: bool,
) -> Scan {
    let is_metric = matches!(field, Field::Metric(_));
    let mut sql = Sql::new("FROM ");
    // A name is of one project; runs are looked for beside it where that leaves most of them out.
    let is_whole = match which.numbers {
        Numbers::Within { is_dense, .. } => which.is_postgres || (is_dense && has_little_else),
        Numbers::All | Numbers::These(_) => false,
    };
    if !(is_metric || is_whole) {
        // SQLite keeps the order of a CROSS JOIN: first the runs, of which an index knows the numbers.
        sql.push(if which.is_postgres { "runs p" } else { "runs p INDEXED BY runs_by_number" });
        sql.push(" CROSS JOIN ").push(table).push(" r WHERE r.run_number = p.run_number AND ");
        sql.push("p.lifecycle_stage IN ('active', 'deleted') AND ");
        member(&mut sql, "p.project_id", which.projects);
        which.numbers.push(&mut sql, "p.run_number");
        sql.push(" AND ");
    } else {
        sql.push(table).push(" r WHERE ");
    }
    // Only metrics have an index by name. Elsewhere each run would be looked for with each of many names.
    let by_name = keys.len() == 1 || (is_metric && !matches!(which.numbers, Numbers::These(_)));
    member(&mut sql, if by_name { "r.key_id" } else { "+r.key_id" }, keys);
    which.numbers.push(&mut sql, "r.run_number");
    Scan::new([number(), (kind(field), Sql::new("r.value"))], sql)
}

fn member<T: Copy + Into<Value>>(sql: &mut Sql, column: &'static str, values: &[T]) {
    sql.push(column);
    match values {
        [only] => sql.push(" = ").bind(*only),
        several => sql.push(" IN (").push_list(several.iter().copied()).push(")"),
    };
}

/// The labels, which several rows tell of.
pub(super) const LABELS: Field = Field::Attribute(Attribute::Label);

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(start: Option<i64>, active: bool, place: usize) {
        let state = i64::try_from(place).unwrap() + if active { 100 } else { 0 };
        let base = base(7, start.unwrap_or(NO_TIME) * STATES + state);
        let stage = if active { LifecycleStage::Active } else { LifecycleStage::Deleted };
        let status = RunStatus::ALL.get(place).copied().unwrap_or(RunStatus::Unknown);
        assert_eq!((base.number, base.start_time, base.stage, base.status), (7, start, stage, status));
    }

    #[test]
    fn start_stage_and_status_travel_as_one_number() {
        for place in [0, 1, 2, 99] {
            for start in
                [None, Some(0), Some(1_764_500_000_123), Some(models::time::UnixMillis::MAX.0), Some(-5)]
            {
                check(start, true, place);
                check(start, false, place);
            }
        }
        let sql = format!("{:?}", of_bases());
        assert!(sql.contains(&format!("COALESCE(r.start_time, {NO_TIME}) * {STATES} + ")), "{sql}");
    }
}
