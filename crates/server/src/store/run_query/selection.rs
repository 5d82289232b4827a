//! The runs of a selection, piece by piece.

use models::{
    id::{ProjectId, RunId},
    query::{Filter, SortKey},
    run::{MatchingRuns, RunSelection},
};
use std::collections::{BTreeSet, HashSet};

use super::{
    Projects, RunScope,
    context::Context,
    expression, filter,
    page::{Question, Slice},
    run_page::{all_fields, read_filter},
    sort,
};
use crate::store::{Connection, Sql, Store, StoreError, runs::RunRecord};

impl Store {
    /// The numbers of the newest `limit` runs of a selection that have a number below `before`, the newest first.
    pub(in crate::store) async fn selected(
        &self,
        projects: &Projects,
        selection: &RunSelection,
        before: i64,
        limit: u64,
    ) -> Result<Vec<i64>, StoreError> {
        let Some(project) = sql_project(projects, selection)? else {
            let all = self.selected_from_memory(projects, selection, &[]).await?;
            let limit = usize::try_from(limit).unwrap_or(usize::MAX);
            return Ok(all.into_iter().filter(|number| *number < before).take(limit).collect());
        };
        let mut connection = self.read().await?;
        let Some(mut sql) = statement(&mut connection, project, selection).await? else {
            return Ok(Vec::new());
        };
        sql.push(" AND r.run_number < ").bind(before);
        sql.push(" ORDER BY r.run_number DESC LIMIT ").push_number(limit);
        connection.fetch_all(sql).await?.iter().map(|row| row.get("run_number")).collect()
    }

    /// The numbers of all runs of a selection, in this order.
    pub(super) async fn all_selected(
        &self,
        projects: &Projects,
        selection: &RunSelection,
        order: &[SortKey],
    ) -> Result<Vec<i64>, StoreError> {
        let Some(project) = sql_project(projects, selection)? else {
            return self.selected_from_memory(projects, selection, order).await;
        };
        let mut connection = self.read().await?;
        let fields = order.iter().map(|key| key.field.clone()).collect();
        let context = Context::new(&mut connection, &[project], fields).await?;
        let Some(mut sql) = statement(&mut connection, project, selection).await? else {
            return Ok(Vec::new());
        };
        sql.push(" ORDER BY ").append(sort::order(&context, order));
        connection.fetch_all(sql).await?.iter().map(|row| row.get("run_number")).collect()
    }

    /// As [`Store::all_selected`], from memory.
    async fn selected_from_memory(
        &self,
        projects: &Projects,
        selection: &RunSelection,
        order: &[SortKey],
    ) -> Result<Vec<i64>, StoreError> {
        let (filter, stage, named, is_meant) = match selection {
            RunSelection::Runs(ids) => (Filter::all(), None, ids, true),
            RunSelection::Matching(MatchingRuns { filter, except, lifecycle_stage }) => {
                (read_filter(filter)?, Some(*lifecycle_stage), except, false)
            }
        };
        let named = numbers_of(&mut self.read().await?, named).await?;
        let scope = RunScope { projects: projects.clone(), experiments: None, stage };
        let question = Question { scope: &scope, filter: &filter, within: &[] };
        let all = Slice { offset: 0, limit: u64::MAX };
        let (_, mut numbers) = self.numbers_from_memory(&question, order, all).await?;
        numbers.retain(|number| named.contains(number) == is_meant);
        Ok(numbers)
    }
}

/// The numbers of those of these runs that a filter selects as they are now, in the transaction of this connection.
pub(in crate::store) async fn still_matching(
    connection: &mut Connection,
    matching: &MatchingRuns,
    runs: &[RunRecord],
) -> Result<HashSet<i64>, StoreError> {
    let projects: BTreeSet<ProjectId> = runs.iter().map(|run| run.project_id).collect();
    let projects: Vec<ProjectId> = projects.into_iter().collect();
    let numbers: Vec<i64> = runs.iter().map(|run| run.number).collect();
    if numbers.is_empty() {
        return Ok(HashSet::new());
    }
    let filter = read_filter(&matching.filter)?;
    let mut context = Context::new(connection, &projects, all_fields(&filter, &[], &[], &[])).await?;
    context.match_among(connection, &filter, &numbers).await?;
    let mut sql = Sql::new("SELECT r.run_number FROM runs r WHERE r.lifecycle_stage = ");
    sql.bind(matching.lifecycle_stage.as_str()).push(" AND r.run_number IN (").push_list(numbers);
    sql.push(") AND ").append(filter::condition(&context, &filter));
    connection.fetch_all(sql).await?.iter().map(|row| row.get("run_number")).collect()
}

/// The project whose database is asked; `None` where memory is. Of several projects a database would look for what each
/// run has logged under each of the names that the projects have for it, and it knows no expressions.
fn sql_project(projects: &Projects, selection: &RunSelection) -> Result<Option<ProjectId>, StoreError> {
    let has_expression = match selection {
        RunSelection::Runs(_) => false,
        RunSelection::Matching(matching) => !expression::all(&read_filter(&matching.filter)?).is_empty(),
    };
    Ok(projects.only().filter(|_| !has_expression))
}

/// The numbers of the runs with these ids, whosever they are.
async fn numbers_of(connection: &mut Connection, ids: &[RunId]) -> Result<HashSet<i64>, StoreError> {
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let mut sql = Sql::new("SELECT run_number FROM runs WHERE run_id IN (");
    sql.push_list(ids.iter().copied()).push(")");
    connection.fetch_all(sql).await?.iter().map(|row| row.get("run_number")).collect()
}

/// `SELECT` the numbers of the runs `r` of a selection of a project's runs; `None` when it names none.
async fn statement(
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
            let context = Context::new(connection, &[project], fields).await?;
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
