//! Reads ahead what the first questions will ask for.

use models::{
    query::{Attribute, Field},
    run_table::RunKeys,
};
use std::time::Duration;

use crate::store::{Connection, Projects, Sql, Store, StoreError};

/// Of projects with fewer runs the first question is quick.
const FEW: i64 = 50_000;
/// Of projects with so many runs the first question takes long enough to wait for the columns.
const VERY_MANY: i64 = 500_000;
/// Of how many projects it is read.
const MOST_PROJECTS: u64 = 2;
/// How long after a question it is gone on: another one often follows.
const PAUSE: Duration = Duration::from_millis(500);
/// How many metrics are read ahead, and how many parameters.
const MOST_LOGGED: usize = 5;
/// How often it is broken off by questions before it is given up: then these read what is asked for.
const MOST_TIMES: u32 = 40;
/// What the table of runs is grouped, filtered and ordered by most.
const USUAL: [Attribute; 10] = [
    Attribute::Name,
    Attribute::Status,
    Attribute::StartTime,
    Attribute::Duration,
    Attribute::Experiment,
    Attribute::Code,
    Attribute::Data,
    Attribute::Model,
    Attribute::User,
    Attribute::Label,
];

impl Store {
    /// Whether a project has so many runs that people are better off with another server until [`Self::read_columns_ahead`]
    /// is done.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn is_slow_at_first(&self) -> Result<bool, StoreError> {
        Ok(!largest(&mut self.read().await?, VERY_MANY).await?.is_empty())
    }

    /// Reads the columns that are asked for most, of the projects with the most runs; anew when somebody asks
    /// meanwhile, so that no question waits for what nobody has asked for.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn read_columns_ahead(&self) -> Result<(), StoreError> {
        let projects = largest(&mut self.read().await?, FEW).await?;
        let mut n_left = MOST_TIMES;
        // That with the most runs is kept for longest.
        for project in projects.into_iter().rev() {
            // To come to a run takes longer than to read one more of its attributes.
            self.read_ahead(&project, &USUAL.map(Field::Attribute), &mut n_left).await?;
            for field in self.logged_most(&project).await? {
                self.read_ahead(&project, &[field], &mut n_left).await?;
            }
        }
        Ok(())
    }

    /// What most runs have logged, by which they are filtered and ordered most.
    async fn logged_most(&self, project: &Projects) -> Result<Vec<Field>, StoreError> {
        let RunKeys { metrics, parameters } = self.run_keys(project.clone()).await?;
        let metrics = metrics.into_iter().take(MOST_LOGGED).map(|key| Field::Metric(key.key));
        let parameters = parameters.into_iter().take(MOST_LOGGED).map(|key| Field::Parameter(key.key));
        Ok(metrics.chain(parameters).collect())
    }

    async fn read_ahead(
        &self,
        project: &Projects,
        fields: &[Field],
        n_left: &mut u32,
    ) -> Result<(), StoreError> {
        while *n_left > 0 && !self.run_columns().read_ahead(self, project, fields).await? {
            *n_left -= 1;
            tokio::time::sleep(PAUSE).await;
        }
        Ok(())
    }
}

/// The projects with the most runs, of those with at least so many.
async fn largest(connection: &mut Connection, n_runs: i64) -> Result<Vec<Projects>, StoreError> {
    let mut sql = Sql::new("SELECT project_id FROM run_counts GROUP BY project_id HAVING SUM(n_runs) >= ");
    sql.bind(n_runs).push(" ORDER BY SUM(n_runs) DESC LIMIT ").push_number(MOST_PROJECTS);
    let rows = connection.fetch_all(sql).await?;
    rows.iter().map(|row| row.get("project_id").map(Projects::One)).collect()
}
