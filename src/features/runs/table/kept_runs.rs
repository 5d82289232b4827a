//! The runs that stay in view above the others.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::prelude::*;
use models::experiment::LifecycleStage;
use models::id::RunId;
use models::query::{Attribute, Comparison, Field, Filter, RunQuery, Value};
use models::run_table::{ColumnValues, RunPage, RunPageRequest};

use super::columns::travelling;
use crate::features::runs::address::{Address, RunsUrl};
use crate::queries;

/// The runs that stay in view: the baseline first, then the others as they were kept. A handle.
#[derive(Clone, Copy)]
pub(super) struct KeptRuns(Memo<Option<Arc<RunPage>>>);

impl KeptRuns {
    /// Reads the runs that the address names; those that are gone are left out.
    pub(super) fn follow(address: Address, columns: Signal<Vec<Field>>) -> Self {
        let wanted = Memo::new(move |_| wanted(&address.url.read()));
        let request = Memo::new(move |_| {
            let wanted = wanted.read();
            (!wanted.is_empty()).then(|| (address.scope, request(&wanted, &columns.read())))
        });
        let page = queries::runs::search_when(move || request.get());
        Self(Memo::new(move |_| (!wanted.read().is_empty()).then(|| page.value.get()).flatten()))
    }

    /// The page of the runs, with their places in the order in which they are shown.
    pub(super) fn page(self, url: &RunsUrl) -> Option<(Arc<RunPage>, Vec<usize>)> {
        let page = self.0.get()?;
        let place = |run: &RunId| page.run_ids.iter().position(|own| own == run);
        let places = wanted(url).iter().filter_map(place).collect();
        Some((page, places))
    }

    /// What the run has measured, of the fields given.
    pub(super) fn numbers(self, run: RunId, fields: &[Field]) -> Option<HashMap<Field, f64>> {
        let page = self.0.get()?;
        let place = page.run_ids.iter().position(|own| *own == run)?;
        let number = |field: &Field| {
            let column = page.columns.iter().find(|column| column.field == *field)?;
            match &column.values {
                ColumnValues::Numbers(numbers) => Some((field.clone(), numbers.get(place).copied()??.0)),
                ColumnValues::Texts(_) | ColumnValues::Labels(_) => None,
            }
        };
        Some(fields.iter().filter(|field| matches!(field, Field::Metric(_))).filter_map(number).collect())
    }
}

fn wanted(url: &RunsUrl) -> Vec<RunId> {
    let others = url.kept.iter().copied().filter(|run| Some(*run) != url.baseline);
    url.baseline.into_iter().chain(others).collect()
}

fn request(runs: &[RunId], columns: &[Field]) -> RunPageRequest {
    let query =
        RunQuery { filter: named(runs).to_string(), columns: travelling(columns), ..RunQuery::default() };
    let lifecycle_stage = LifecycleStage::Active;
    RunPageRequest { query, within: Vec::new(), offset: 0, limit: 200, lifecycle_stage }
}

/// The filter that these runs alone pass.
pub(super) fn named(runs: &[RunId]) -> Filter {
    let values = runs.iter().map(|run| Value::Text(run.mlflow())).collect();
    Filter::Is(Comparison::In { field: Field::Attribute(Attribute::RunId), values, negated: false })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_baseline_comes_first_and_once() {
        let [a, b, c] = [1, 2, 3].map(|number| RunId(Uuid::from_u128(number)));
        let url = RunsUrl { kept: vec![a, b, c], baseline: Some(b), ..RunsUrl::default() };
        assert_eq!(wanted(&url), [b, a, c]);
    }

    #[test]
    fn runs_are_asked_for_by_their_ids() {
        let request = request(&[RunId(Uuid::from_u128(10))], &[]);
        assert_eq!(request.query.filter, "run_id IN ('0000000000000000000000000000000a')");
    }
}
