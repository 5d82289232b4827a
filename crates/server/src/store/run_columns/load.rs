//! Reads columns, of all runs of some projects or of some runs.

use models::{
    experiment::LifecycleStage,
    id::{ProjectId, RunId},
    query::Field,
    run::RunStatus,
};

use std::collections::HashMap;
use uuid::Uuid;

use super::{
    column::{Cell, Column, Kind, Shared},
    table::{Base, Table},
};
use crate::store::{
    Connection, Row, Sql, StoreError, Value,
    run_query::{Source, logged_keys, source},
};

/// Of how many projects runs are read by one statement: databases bind no more than some ten thousand values.
const MOST_PROJECTS: usize = 5_000;

/// Which runs are read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Which<'r> {
    All,
    /// Those with these numbers.
    These(&'r [i64]),
}

/// What is kept of each run of these projects, in the order of their numbers.
pub(super) async fn bases(
    connection: &mut Connection,
    projects: &[ProjectId],
) -> Result<Vec<Base>, StoreError> {
    let mut bases = Vec::new();
    for some in projects.chunks(MOST_PROJECTS) {
        let mut sql = Sql::new(BASES);
        member(&mut sql, "r.project_id", some);
        connection.for_each_row(sql, |row| base(row).map(|base| bases.push(base))).await?;
    }
    // They come from an index that has another order, and numbers are sooner sorted here.
    bases.sort_unstable_by_key(|base| base.number);
    Ok(bases)
}

/// What is kept of each of these runs of projects, in the order of their numbers. Where the projects are several it is
/// not asked whether a run is of one of them: a column says of which it is.
pub(super) async fn bases_of(
    connection: &mut Connection,
    projects: &[ProjectId],
    runs: Vec<RunId>,
) -> Result<Vec<Base>, StoreError> {
    if runs.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(BASES);
    if let [only] = projects {
        sql.push("r.project_id = ").bind(*only).push(" AND ");
    }
    sql.push("r.run_id IN (").push_list(runs).push(")");
    let rows = connection.fetch_all(sql).await?;
    let mut bases = rows.iter().map(base).collect::<Result<Vec<_>, _>>()?;
    bases.sort_unstable_by_key(|base| base.number);
    Ok(bases)
}

/// The projects of the runs with these numbers.
pub(super) async fn projects_of(
    connection: &mut Connection,
    numbers: &[i64],
) -> Result<Vec<ProjectId>, StoreError> {
    let mut sql = Sql::new("SELECT DISTINCT project_id FROM runs WHERE run_number IN (");
    sql.push_list(numbers.iter().copied()).push(")");
    connection.fetch_all(sql).await?.iter().map(|row| row.get("project_id")).collect()
}

const BASES: &str = "SELECT r.run_number, r.lifecycle_stage, r.status, r.start_time FROM runs r WHERE ";

fn member<T: Copy + Into<Value>>(sql: &mut Sql, column: &'static str, values: &[T]) {
    sql.push(column);
    match values {
        [only] => sql.push(" = ").bind(*only),
        several => sql.push(" IN (").push_list(several.iter().copied()).push(")"),
    };
}

fn base(row: &Row) -> Result<Base, StoreError> {
    let is_active = row.at::<String>(1)? == LifecycleStage::Active.as_str();
    Ok(Base {
        number: row.at(0)?,
        stage: if is_active { LifecycleStage::Active } else { LifecycleStage::Deleted },
        status: RunStatus::named(&row.at::<String>(2)?).unwrap_or(RunStatus::Unknown),
        start_time: row.at(3)?,
    })
}

/// Fills in the values of a field; does nothing when no run of the projects has ever had one. When it fails or is broken
/// off the column is gone.
pub(super) async fn fill(
    connection: &mut Connection,
    projects: &[ProjectId],
    table: &mut Table,
    field: &Field,
    which: Which<'_>,
) -> Result<(), StoreError> {
    let mut column = None;
    for some in projects.chunks(MOST_PROJECTS) {
        let Some(sql) = select(connection, some, field, which).await? else { continue };
        let column = column.get_or_insert_with(|| table.take_column(field));
        match Kind::of(field) {
            Kind::Several => gather(connection, sql, table, column).await?,
            kind @ (Kind::Text | Kind::Id | Kind::Number | Kind::Integer | Kind::Metric) => {
                read(connection, sql, kind, table, column).await?;
            }
        }
    }
    if let Some(column) = column {
        table.put_column(field, column);
    }
    Ok(())
}

async fn read(
    connection: &mut Connection,
    sql: Sql,
    kind: Kind,
    table: &Table,
    column: &mut Column,
) -> Result<(), StoreError> {
    let set = |row: &Row| {
        // Runs that have come since are passed over: they are known to be read anew.
        if let Some(place) = table.place(row.at(0)?) {
            column.set(place, cell(row, kind)?);
        }
        Ok(())
    };
    connection.for_each_row(sql, set).await
}

/// Fills in what several rows tell of a run.
async fn gather(
    connection: &mut Connection,
    sql: Sql,
    table: &Table,
    column: &mut Column,
) -> Result<(), StoreError> {
    let mut sets = HashMap::<usize, Vec<Uuid>>::new();
    let add = |row: &Row| {
        if let Some(place) = table.place(row.at(0)?) {
            sets.entry(place).or_default().push(row.at(1)?);
        }
        Ok(())
    };
    connection.for_each_row(sql, add).await?;
    for (place, mut ids) in sets {
        // In the same order, what is the same is kept once.
        ids.sort_unstable();
        column.set(place, Cell::Shared(Some(Shared::Several(ids))));
    }
    Ok(())
}

fn cell(row: &Row, kind: Kind) -> Result<Cell, StoreError> {
    let column = 1;
    Ok(match kind {
        Kind::Text => Cell::Shared(row.at::<Option<String>>(column)?.map(Shared::Text)),
        Kind::Id => Cell::Shared(row.at::<Option<Uuid>>(column)?.map(Shared::Id)),
        Kind::Several => Cell::Shared(row.at::<Option<Uuid>>(column)?.map(|id| Shared::Several(vec![id]))),
        Kind::Number => Cell::Shared(row.at::<Option<i64>>(column)?.map(Shared::Number)),
        Kind::Integer => Cell::Integer(row.at(column)?),
        Kind::Metric => Cell::Metric(row.at(column)?),
    })
}

/// `SELECT` the numbers of the runs `r` and their values of the field; `None` when none has one.
async fn select(
    connection: &mut Connection,
    projects: &[ProjectId],
    field: &Field,
    which: Which<'_>,
) -> Result<Option<Sql>, StoreError> {
    let mut sql = Sql::new("SELECT r.run_number, ");
    match field {
        Field::Attribute(attribute) if matches!(source(*attribute), Source::Labels) => {
            sql.push("o.label_id AS value FROM object_labels o JOIN runs r ON r.run_id = o.object_id WHERE ");
            member(&mut sql, "o.project_id", projects);
            sql.push(" AND ");
            member(&mut sql, "r.project_id", projects);
        }
        Field::Attribute(attribute) => {
            sql.push(match source(*attribute) {
                Source::Text(column) | Source::Number(column) => column,
                Source::RunId => "r.run_id",
                Source::Reference(reference) => reference.column,
                // Read above: several rows tell of a run.
                Source::Labels => "NULL",
            });
            sql.push(" AS value FROM runs r WHERE ");
            member(&mut sql, "r.project_id", projects);
        }
        Field::Metric(_) | Field::Parameter(_) | Field::Tag(_) => {
            let Some((table, keys)) = logged_keys(connection, projects, field).await? else {
                return Ok(None);
            };
            let is_metric = matches!(field, Field::Metric(_));
            sql.push("r.value FROM ").push(table).push(" r");
            if !is_metric {
                sql.push(" JOIN runs p ON p.run_number = r.run_number AND ");
                member(&mut sql, "p.project_id", projects);
            }
            sql.push(" WHERE ");
            // Only metrics have an index by name. Elsewhere each run would be looked for with each of many names.
            let by_name = keys.len() == 1 || (is_metric && matches!(which, Which::All));
            member(&mut sql, if by_name { "r.key_id" } else { "+r.key_id" }, &keys);
        }
    }
    if let Which::These(numbers) = which {
        sql.push(" AND r.run_number IN (").push_list(numbers.iter().copied()).push(")");
    }
    Ok(Some(sql))
}
