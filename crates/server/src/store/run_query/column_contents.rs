//! Which columns of the table tell runs apart.

use models::{
    query::Field,
    run_table::{ColumnContent, ColumnContents, ColumnContentsRequest, ColumnSummary, ColumnValues},
};

use std::sync::Arc;

use super::{
    Projects, RunScope, columns,
    run_page::{all_fields, read_filter},
};
use crate::store::{
    Connection, Store, StoreError,
    run_columns::{Budget, Names, Table, content, content_of, first_selected, number, select},
};

/// So many runs are looked at first: most columns differ among few already, and need not be read as a whole.
const FEW: usize = 50;
/// So many columns are read as a whole at once: all that can be asked for might not fit into memory.
const AT_ONCE: usize = 16;

impl Store {
    /// What columns hold over all runs of projects that match. The request must be within its limits.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when the filter cannot be read.
    pub async fn column_contents(
        &self,
        projects: impl Into<Projects>,
        request: &ColumnContentsRequest,
    ) -> Result<ColumnContents, StoreError> {
        let filter = read_filter(&request.query.filter)?;
        let scope = RunScope::of(&projects.into(), request.lifecycle_stage);
        let fields = &request.query.columns;
        let filtered = all_fields(&filter, &[], &[], &[]);
        let projects = scope.projects.clone();
        let asked = Arc::new((scope, filter));
        let of_all = Arc::clone(&asked);
        let first = move |table: &Table, names: &Names, budget: &mut Budget| {
            Ok(first_selected(table, &select(table, names, &of_all.0, &[], &of_all.1, budget)?, FEW))
        };
        let (total, few) = self.ask_memory(&projects, &filtered, &filtered, first).await?;
        let mut found = of_few(&mut self.read().await?, fields, &few).await?;
        let is_settled = |known: &ColumnContent| {
            *known == ColumnContent::Differing || u64::try_from(few.len()).is_ok_and(|few| few == total)
        };
        let open: Vec<(usize, Field)> = fields
            .iter()
            .zip(&found)
            .enumerate()
            .filter(|(_, (_, known))| !is_settled(known))
            .map(|(place, (field, _))| (place, field.clone()))
            .collect();
        for some in open.chunks(AT_ONCE) {
            let own: Vec<Field> = some.iter().map(|(_, field)| field.clone()).collect();
            let read = all_fields(&asked.1, &[], &[], &own);
            let of_all = Arc::clone(&asked);
            let contents = move |table: &Table, names: &Names, budget: &mut Budget| {
                let selected = select(table, names, &of_all.0, &[], &of_all.1, budget)?;
                Ok(own.iter().map(|field| content(table, &selected, field)).collect::<Vec<_>>())
            };
            let contents = self.ask_memory(&projects, &read, &filtered, contents).await?;
            for ((place, _), content) in some.iter().zip(contents) {
                if let Some(known) = found.get_mut(*place) {
                    *known = content;
                }
            }
        }
        let summary = |(field, content): (&Field, _)| ColumnSummary { field: field.clone(), content };
        Ok(ColumnContents { total, columns: fields.iter().zip(found).map(summary).collect() })
    }
}

/// What the columns hold over the runs with these numbers.
async fn of_few(
    connection: &mut Connection,
    fields: &[Field],
    numbers: &[i64],
) -> Result<Vec<ColumnContent>, StoreError> {
    let rows = columns::base_rows(connection, numbers).await?;
    let context = columns::context(connection, fields, &rows).await?;
    let columns = columns::columns(connection, &context, fields, &rows, None).await?;
    let content = |values: ColumnValues| match values {
        ColumnValues::Numbers(numbers) => {
            content_of(numbers.into_iter().map(|value| value.map(|value| number(value.0))))
        }
        ColumnValues::Texts(texts) => content_of(texts.places.into_iter()),
        ColumnValues::Labels(labels) => {
            content_of(labels.places.into_iter().map(|own| Some(own).filter(|own| !own.is_empty())))
        }
    };
    Ok(columns.into_iter().map(|column| content(column.values)).collect())
}
