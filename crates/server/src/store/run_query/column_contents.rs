//! Which columns of the table tell runs apart.

use models::{
    query::Field,
    run_table::{ColumnContent, ColumnContents, ColumnContentsRequest, ColumnSummary, ColumnValues},
};

use super::{
    Projects, RunScope, columns,
    run_page::{all_fields, read_filter},
};
use crate::store::{
    Connection, Store, StoreError,
    run_columns::{Names, content, content_of, first_selected, number, select},
};

/// So many runs are looked at first: most columns differ among few already, and need not be read as a whole.
const FEW: usize = 50;

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
        let mut connection = self.read().await?;
        let (total, few) = {
            let table = self.run_columns().open(&mut connection, &scope.projects, &filtered).await?;
            let names = Names::read(&mut connection, &table, &filtered).await?;
            first_selected(&table, &select(&table, &names, &scope, &[], &filter), FEW)
        };
        let mut found = of_few(&mut connection, fields, &few).await?;
        let is_settled = |known: &ColumnContent| {
            *known == ColumnContent::Differing || u64::try_from(few.len()).is_ok_and(|few| few == total)
        };
        let open: Vec<Field> = fields
            .iter()
            .zip(&found)
            .filter(|(_, known)| !is_settled(known))
            .map(|(field, _)| field.clone())
            .collect();
        if !open.is_empty() {
            let read = all_fields(&filter, &[], &[], &open);
            let table = self.run_columns().open(&mut connection, &scope.projects, &read).await?;
            let names = Names::read(&mut connection, &table, &filtered).await?;
            let selected = select(&table, &names, &scope, &[], &filter);
            for (field, known) in fields.iter().zip(&mut found).filter(|(_, known)| !is_settled(known)) {
                *known = content(&table, &selected, field);
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
    let columns = columns::columns(connection, &context, fields, &rows).await?;
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
