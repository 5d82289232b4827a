//! The runs of a selection, piece by piece.

use models::{
    id::{ProjectId, RunId},
    query::Filter,
    run::RunSelection,
};

use super::{
    RunScope,
    context::Context,
    page::Question,
    run_page::{all_fields, read_filter},
};
use crate::store::{Connection, Sql, StoreError};

/// The numbers of the newest `limit` runs of a selection that have a number below `before`, the newest first.
pub(in crate::store) async fn selected(
    connection: &mut Connection,
    project: ProjectId,
    selection: &RunSelection,
    before: i64,
    limit: u64,
) -> Result<Vec<i64>, StoreError> {
    let Some(mut sql) = statement(connection, project, selection).await? else { return Ok(Vec::new()) };
    sql.push(" AND r.run_number < ").bind(before);
    sql.push(" ORDER BY r.run_number DESC LIMIT ").push_number(limit);
    connection.fetch_all(sql).await?.iter().map(|row| row.get("run_number")).collect()
}

/// `SELECT` the numbers of the runs `r` of a selection; `None` when it names none.
pub(super) async fn statement(
    connection: &mut Connection,
    project: ProjectId,
    selection: &RunSelection,
) -> Result<Option<Sql>, StoreError> {
    Ok(Some(match selection {
        RunSelection::Runs(ids) if ids.is_empty() => return Ok(None),
        RunSelection::Runs(ids) => {
            let mut sql = Sql::new("SELECT r.run_number FROM runs r WHERE r.project_id = ");
            sql.bind(project);
            among(&mut sql, " AND r.run_id IN (", ids);
            sql
        }
        RunSelection::Matching(matching) => {
            let filter: Filter = read_filter(&matching.filter)?;
            let scope = RunScope::project(project, matching.lifecycle_stage);
            let question = Question { scope: &scope, filter: &filter, within: &[] };
            let fields = all_fields(&filter, &[], &[], &[]);
            let context = Context::new(connection, &scope.projects, &filter, fields).await?;
            let mut sql = Sql::new("SELECT r.run_number FROM ");
            sql.push(question.runs(&context)).push(" WHERE ").append(question.condition(&context));
            if !matching.except.is_empty() {
                among(&mut sql, " AND r.run_id NOT IN (", &matching.except);
            }
            sql
        }
    }))
}

/// Whether the filter can be read.
pub(super) fn check(selection: &RunSelection) -> Result<(), StoreError> {
    match selection {
        RunSelection::Runs(_) => Ok(()),
        RunSelection::Matching(matching) => read_filter(&matching.filter).map(drop),
    }
}

fn among(sql: &mut Sql, start: &'static str, ids: &[RunId]) {
    sql.push(start).push_list(ids.iter().copied()).push(")");
}
