//! Searches runs across projects, as MLflow does.

use models::query::{Filter, SortKey};

use super::{
    RunScope,
    context::Context,
    page::{Question, Slice, numbers},
    run_page::all_fields,
};
use crate::clock;
use crate::store::{Store, StoreError, runs, runs::RunRecord};

impl Store {
    /// The runs of a scope that pass the filter, in this order.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn search_runs(
        &self,
        scope: &RunScope,
        filter: &Filter,
        order: &[SortKey],
        offset: u64,
        limit: u64,
    ) -> Result<Vec<RunRecord>, StoreError> {
        let filter = &filter.at(clock::now());
        let question = Question { scope, filter, within: &[] };
        let mut connection = self.read().await?;
        let fields = all_fields(filter, order, &[], &[]);
        let context = Context::new(&mut connection, &scope.projects, filter, fields).await?;
        let numbers = numbers(&mut connection, &context, &question, order, Slice { offset, limit }).await?;
        runs::numbered(&mut connection, numbers).await
    }
}
