//! The courses of metrics of several runs, as small as a cell.

use models::sparkline::{RunSparklines, Sparklines, SparklinesRequest};

use std::collections::{HashMap, hash_map::Entry};

use super::{history::number_of, reduce, series::Series};
use crate::store::{Projects, Store, StoreError, runs};

impl Store {
    /// The courses of metrics of the runs of projects, in the order in which the runs are named. Runs that the projects do
    /// not have are left out. The request's numbers must be within their limits.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn sparklines(
        &self,
        projects: impl Into<Projects>,
        request: &SparklinesRequest,
    ) -> Result<Sparklines, StoreError> {
        let mut connection = self.read().await?;
        let records = runs::with_ids(&mut connection, projects, &request.run_ids).await?;
        let mut numbers = HashMap::new();
        let mut asked = Vec::with_capacity(records.len() * request.keys.len());
        for run in &records {
            for key in &request.keys {
                let number = match numbers.entry((run.project_id, key)) {
                    Entry::Occupied(known) => *known.get(),
                    Entry::Vacant(new) => *new.insert(number_of(&mut connection, run.project_id, key).await?),
                };
                asked.push((number.map(|key| Series { run: run.number, key }), key.as_str()));
            }
        }
        drop(connection);
        let mut histories = reduce::histories(self, &asked, request.points, None).await?.into_iter();
        let told = records.into_iter().map(|run| {
            let values = histories.by_ref().take(request.keys.len()).map(|history| history.last).collect();
            RunSparklines { run_id: run.id, values }
        });
        let told = told.collect();
        Ok(Sparklines { keys: request.keys.clone(), runs: told })
    }
}
