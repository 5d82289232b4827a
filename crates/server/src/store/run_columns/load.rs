//! Reads columns, of all runs of a project or of some.

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
    Connection, Row, Sql, StoreError,
    run_query::{Source, logged_keys, source},
};

/// Which runs are read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Which<'r> {
    All,
    /// Those with these numbers.
    These(&'r [i64]),
}

/// What is kept of each run, in the order of their numbers: of those with these ids, or of all.
pub(super) async fn bases(
    connection: &mut Connection,
    project: ProjectId,
    runs: Option<Vec<RunId>>,
) -> Result<Vec<Base>, StoreError> {
    let mut sql = Sql::new(
        "SELECT r.run_number, r.lifecycle_stage, r.status, r.start_time FROM runs r WHERE r.project_id = $1",
    )
    .with(project);
    if let Some(runs) = runs {
        sql.push(" AND r.run_id IN (").push_list(runs).push(")");
    }
    let mut bases = Vec::new();
    connection.for_each_row(sql, |row| base(row).map(|base| bases.push(base))).await?;
    // They come from an index that has another order, and numbers are sooner sorted here.
    bases.sort_unstable_by_key(|base| base.number);
    Ok(bases)
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

/// Fills in the values of a field; does nothing when no run of the project has ever had one. When it fails or is broken
/// off the column is gone.
pub(super) async fn fill(
    connection: &mut Connection,
    project: ProjectId,
    table: &mut Table,
    field: &Field,
    which: Which<'_>,
) -> Result<(), StoreError> {
    let Some(mut sql) = select(connection, project, field).await? else { return Ok(()) };
    if let Which::These(numbers) = which {
        sql.push(" AND r.run_number IN (").push_list(numbers.iter().copied()).push(")");
    }
    let kind = Kind::of(field);
    let mut column = table.take_column(field);
    if kind == Kind::Several {
        gather(connection, sql, table, &mut column).await?;
        table.put_column(field, column);
        return Ok(());
    }
    let set = |row: &Row| {
        // Runs that have come since are passed over: they are known to be read anew.
        if let Some(place) = table.place(row.at(0)?) {
            column.set(place, cell(row, kind)?);
        }
        Ok(())
    };
    connection.for_each_row(sql, set).await?;
    table.put_column(field, column);
    Ok(())
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

/// `SELECT` the numbers of the runs `r` and their values of the field.
async fn select(
    connection: &mut Connection,
    project: ProjectId,
    field: &Field,
) -> Result<Option<Sql>, StoreError> {
    let mut sql = Sql::new("SELECT r.run_number, ");
    match field {
        Field::Attribute(attribute) if matches!(source(*attribute), Source::Labels) => {
            sql.push("o.label_id AS value FROM object_labels o JOIN runs r ON r.run_id = o.object_id ");
            sql.push("WHERE o.project_id = ").bind(project).push(" AND r.project_id = ").bind(project);
        }
        Field::Attribute(attribute) => {
            sql.push(match source(*attribute) {
                Source::Text(column) | Source::Number(column) => column,
                Source::RunId => "r.run_id",
                Source::Reference(reference) => reference.column,
                // Read above: several rows tell of a run.
                Source::Labels => "NULL",
            });
            sql.push(" AS value FROM runs r WHERE r.project_id = ").bind(project);
        }
        Field::Metric(_) | Field::Parameter(_) | Field::Tag(_) => {
            let Some((table, key)) = logged_keys(connection, project, field).await? else { return Ok(None) };
            sql.push("r.value FROM ").push(table).push(" r");
            if !matches!(field, Field::Metric(_)) {
                sql.push(" JOIN runs p ON p.run_number = r.run_number AND p.project_id = ").bind(project);
            }
            sql.push(" WHERE r.key_id = ").bind(key);
        }
    }
    Ok(Some(sql))
}
