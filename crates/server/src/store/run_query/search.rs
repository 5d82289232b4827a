//! Searches runs across projects, as MLflow does.

use models::query::{Filter, SortKey};

use super::{
    RunScope,
    context::Context,
    page::{Question, Slice, numbers},
    run_page::all_fields,
};
use crate::clock;
use crate::store::{Store, StoreError, run_counts, runs, runs::RunRecord};

/// Up to so many runs the database looks through them sooner than the columns are read.
const FEW_RUNS: u64 = 2_000;

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
        let slice = Slice { offset, limit };
        let numbers = if self.is_memory_sooner(&question, order, slice).await? {
            self.numbers_from_memory(&question, order, slice).await?.1
        } else {
            let mut connection = self.read().await?;
            let fields = all_fields(filter, order, &[], &[]);
            let context = Context::new(&mut connection, scope.projects.as_slice(), fields).await?;
            numbers(&mut connection, &context, &question, order, slice).await?
        };
        runs::numbered(&mut self.read().await?, numbers).await
    }

    /// Whether the columns are asked: where no database knows the filter, or of one project, where memory answers sooner
    /// and the experiments have many runs.
    async fn is_memory_sooner(
        &self,
        question: &Question<'_>,
        order: &[SortKey],
        slice: Slice,
    ) -> Result<bool, StoreError> {
        if question.is_for_memory_alone() {
            return Ok(true);
        }
        let Some(project) = question.scope.projects.only() else { return Ok(false) };
        if !question.is_for_memory(order, slice) {
            return Ok(false);
        }
        let experiments = question.scope.experiments.as_deref();
        let n_runs = run_counts::of_experiments(&mut self.read().await?, project, experiments).await?;
        Ok(n_runs > FEW_RUNS)
    }
}
