//! Pages of the table of runs.

use models::{
    id::ProjectId,
    query::{Attribute, Field, Filter, SortKey, parse},
    run_table::{Column, ColumnValues, GroupKey, RunPage, RunPageRequest},
};
use std::collections::BTreeSet;

use super::{
    Projects, RunScope, columns,
    context::{Context, fields_of},
    page::{Question, Slice, count, numbers},
    progress,
};
use crate::clock;
use crate::store::{
    Connection, Store, StoreError,
    run_columns::{ordered_page, select},
    run_counts,
};

impl Store {
    /// A page of the table of runs of projects. The request's numbers must be within their limits.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when the filter cannot be read.
    pub async fn run_page(
        &self,
        projects: impl Into<Projects>,
        request: &RunPageRequest,
    ) -> Result<RunPage, StoreError> {
        let filter = read_filter(&request.query.filter)?;
        let scope = RunScope::of(&projects.into(), request.lifecycle_stage);
        let question = Question { scope: &scope, filter: &filter, within: &request.within };
        let slice = Slice { offset: request.offset, limit: request.limit };
        let order = &request.query.sort;
        let is_walked = question.is_walked(order) && !self.run_columns().are_there(&scope.projects);
        let (total, numbers) = match scope.projects.only() {
            Some(project) if is_walked || !question.is_for_memory(order, slice) => {
                numbers_from_database(&mut self.read().await?, &question, project, request).await?
            }
            _ => self.numbers_from_memory(&question, order, slice).await?,
        };
        let mut connection = self.read().await?;
        let rows = columns::base_rows(&mut connection, &numbers).await?;
        let context = columns::context(&mut connection, &request.query.columns, &rows).await?;
        let fields = &request.query.columns;
        let most = RunPage::text_length(rows.len() * fields.len());
        let mut columns = columns::columns(&mut connection, &context, fields, &rows, Some(most)).await?;
        columns.iter_mut().filter(|column| column.field.is_note()).for_each(shorten);
        let is_of_one = scope.projects.only().is_some();
        Ok(RunPage {
            total,
            offset: request.offset,
            run_ids: rows.iter().map(|row| row.id).collect(),
            names: rows.iter().map(|row| row.name.clone()).collect(),
            statuses: rows.iter().map(|row| row.status).collect(),
            start_times: rows.iter().map(|row| row.start_time).collect(),
            versions: rows.iter().map(|row| row.version).collect(),
            progress: progress::of_running(&mut connection, &rows).await?,
            project_ids: if is_of_one { Vec::new() } else { rows.iter().map(|row| row.project).collect() },
            columns,
        })
    }

    /// How many runs pass, and the numbers of those on the page. Who asks must hold no connection.
    pub(super) async fn numbers_from_memory(
        &self,
        question: &Question<'_>,
        order: &[SortKey],
        slice: Slice,
    ) -> Result<(u64, Vec<i64>), StoreError> {
        let Question { scope, filter, within } = question;
        let fields = all_fields(filter, order, within, &[]);
        let of_experiments = scope.experiments.as_ref().map(|_| Field::Attribute(Attribute::Experiment));
        let columns: Vec<Field> = fields.iter().cloned().chain(of_experiments).collect();
        let (projects, scope, filter) = (&scope.projects, (*scope).clone(), (*filter).clone());
        let (within, order) = (within.to_vec(), order.to_vec());
        self.ask_memory(projects, &columns, &fields, move |table, names, budget| {
            let selected = select(table, names, &scope, &within, &filter, budget)?;
            let place = |place: u64| usize::try_from(place).unwrap_or(usize::MAX);
            let shown = place(slice.offset)..place(slice.offset.saturating_add(slice.limit));
            let (total, numbers) = ordered_page(table, names, &selected, &order, shown, budget)?;
            Ok((u64::try_from(total).unwrap_or(u64::MAX), numbers))
        })
        .await
    }
}

/// Cuts notes down to what a cell shows: a hundred whole ones could be megabytes.
fn shorten(notes: &mut Column) {
    let ColumnValues::Texts(texts) = &mut notes.values else { return };
    for entry in &mut texts.entries {
        if let Some((end, _)) = entry.text.char_indices().nth(RunPage::NOTE_LENGTH) {
            entry.text.truncate(end);
            entry.text.push('…');
        }
    }
}

/// How many runs pass, and the numbers of those on the page.
async fn numbers_from_database(
    connection: &mut Connection,
    question: &Question<'_>,
    project: ProjectId,
    request: &RunPageRequest,
) -> Result<(u64, Vec<i64>), StoreError> {
    let fields = all_fields(question.filter, &request.query.sort, question.within, &[]);
    let context = Context::new(connection, &[project], fields).await?;
    let total = total(connection, &context, question, project).await?;
    let slice = Slice { offset: request.offset, limit: request.limit };
    Ok((total, numbers(connection, &context, question, &request.query.sort, slice).await?))
}

/// Reads a filter, whose times are those of who asks now.
pub(super) fn read_filter(text: &str) -> Result<Filter, StoreError> {
    let invalid = |message: String| StoreError::Invalid { field: "query.filter", message };
    if text.contains('\0') {
        return Err(invalid("remove the character with the code 0".to_owned()));
    }
    let filter = parse(text).map_err(|error| invalid(error.to_string()))?;
    Ok(filter.at(clock::now()))
}

/// All fields that a question names, each once.
pub(super) fn all_fields(
    filter: &Filter,
    sort: &[SortKey],
    within: &[GroupKey],
    columns: &[Field],
) -> Vec<Field> {
    let sort = sort.iter().map(|key| &key.field);
    let within = within.iter().map(|key| &key.field);
    let all: BTreeSet<&Field> =
        fields_of(filter).into_iter().chain(sort).chain(within).chain(columns).collect();
    all.into_iter().cloned().collect()
}

/// How many runs there are; known beforehand where all of a project are asked for.
async fn total(
    connection: &mut Connection,
    context: &Context,
    question: &Question<'_>,
    project: ProjectId,
) -> Result<u64, StoreError> {
    match question.scope.stage {
        Some(stage) if question.is_about_all() => run_counts::total(connection, project, stage).await,
        _ => count(connection, context, question).await,
    }
}
