//! The courses of metrics of several runs, as small as a cell.

use models::{
    metric::HistoryRequest,
    sparkline::{RunSparklines, Sparklines, SparklinesRequest},
};

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
        let asked = HistoryRequest { keys: Vec::new(), points: request.points, steps: None };
        let records = runs::with_ids(&mut connection, projects, &request.run_ids).await?;
        let mut numbers = HashMap::new();
        let mut told = Vec::with_capacity(records.len());
        for run in records {
            let mut values = Vec::with_capacity(request.keys.len());
            for key in &request.keys {
                let number = match numbers.entry((run.project_id, key)) {
                    Entry::Occupied(known) => *known.get(),
                    Entry::Vacant(new) => *new.insert(number_of(&mut connection, run.project_id, key).await?),
                };
                values.push(match number {
                    Some(number) => {
                        let series = Series { run: run.number, key: number };
                        reduce::history(self, &mut connection, series, key, &asked).await?.last
                    }
                    None => Vec::new(),
                });
            }
            told.push(RunSparklines { run_id: run.id, values });
        }
        Ok(Sparklines { keys: request.keys.clone(), runs: told })
    }
}
