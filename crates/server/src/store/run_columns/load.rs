//! Reads columns, of all runs of a project or of some.

use models::{
    experiment::LifecycleStage,
    id::{ProjectId, RunId},
    query::Field,
    run::RunStatus,
};

use super::{
    column::{Cell, Kind, Shared},
    table::Base,
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

/// What is kept of each run: of those with these ids, or of all.
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
    sql.push(" ORDER BY r.run_number");
    connection.fetch_all(sql).await?.iter().map(base).collect()
}

fn base(row: &Row) -> Result<Base, StoreError> {
    let is_active = row.get::<String>("lifecycle_stage")? == LifecycleStage::Active.as_str();
    Ok(Base {
        number: row.get("run_number")?,
        stage: if is_active { LifecycleStage::Active } else { LifecycleStage::Deleted },
        status: RunStatus::named(&row.get::<String>("status")?).unwrap_or(RunStatus::Unknown),
        start_time: row.get("start_time")?,
    })
}

/// The values of a field by the numbers of the runs; `None` when no run of the project has ever had one.
pub(super) async fn cells(
    connection: &mut Connection,
    project: ProjectId,
    field: &Field,
    which: Which<'_>,
) -> Result<Option<Vec<(i64, Cell)>>, StoreError> {
    let Some(mut sql) = select(connection, project, field).await? else { return Ok(None) };
    if let Which::These(numbers) = which {
        sql.push(" AND r.run_number IN (").push_list(numbers.iter().copied()).push(")");
    }
    let kind = Kind::of(field);
    let rows = connection.fetch_all(sql).await?;
    rows.iter().map(|row| Ok((row.get("run_number")?, cell(row, kind)?))).collect::<Result<_, _>>().map(Some)
}

fn cell(row: &Row, kind: Kind) -> Result<Cell, StoreError> {
    let column = "value";
    Ok(match kind {
        Kind::Text => Cell::Shared(row.get::<Option<String>>(column)?.map(Shared::Text)),
        Kind::Id => Cell::Shared(row.get::<Option<uuid::Uuid>>(column)?.map(Shared::Id)),
        Kind::Number => Cell::Shared(row.get::<Option<i64>>(column)?.map(Shared::Number)),
        Kind::Integer => Cell::Integer(row.get(column)?),
        Kind::Metric => Cell::Metric(row.get(column)?),
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
        Field::Attribute(attribute) => {
            sql.push(match source(*attribute) {
                Source::Text(column) | Source::Number(column) => column,
                Source::RunId => "r.run_id",
                Source::Reference(reference) => reference.column,
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
