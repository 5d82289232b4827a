//! The courses of metrics of several runs, as small as a cell.

use models::{
    id::ProjectId,
    metric::HistoryRequest,
    sparkline::{RunSparklines, Sparklines, SparklinesRequest},
};

use super::{history::number_of, reduce, series::Series};
use crate::store::{Store, StoreError, runs};

impl Store {
    /// The courses of metrics of the runs of a project, in the order in which the runs are named. Runs that the project does
    /// not have are left out. The request's numbers must be within their limits.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn sparklines(
        &self,
        project: ProjectId,
        request: &SparklinesRequest,
    ) -> Result<Sparklines, StoreError> {
        let mut connection = self.read().await?;
        let mut keys = Vec::with_capacity(request.keys.len());
        for key in &request.keys {
            keys.push((key, number_of(&mut connection, project, key).await?));
        }
        let asked = HistoryRequest { keys: Vec::new(), points: request.points, steps: None };
        let records = runs::with_ids(&mut connection, project, &request.run_ids).await?;
        let mut told = Vec::with_capacity(records.len());
        for run in records {
            let mut values = Vec::with_capacity(keys.len());
            for (key, number) in &keys {
                values.push(match number {
                    Some(number) => {
                        let series = Series { run: run.number, key: *number };
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
