//! Reads ahead what the first questions will ask for.

use models::query::{Attribute, Field};
use std::time::Duration;

use crate::store::{Connection, Projects, Sql, Store, StoreError};

/// Of projects with fewer runs the first question is quick.
const FEW: i64 = 50_000;
/// Of how many projects it is read.
const MOST_PROJECTS: u64 = 2;
/// How long after a question it is gone on: another one often follows.
const PAUSE: Duration = Duration::from_millis(500);
/// How often it is broken off by questions before it is given up: then these read what is asked for.
const MOST_TIMES: u32 = 40;
/// What the table of runs is grouped, filtered and ordered by most.
const USUAL: [Attribute; 8] = [
    Attribute::Status,
    Attribute::StartTime,
    Attribute::Experiment,
    Attribute::Code,
    Attribute::Data,
    Attribute::Model,
    Attribute::User,
    Attribute::Label,
];

impl Store {
    /// Reads the columns that are asked for most, of the projects with the most runs: one after the other, and each anew
    /// when somebody asks meanwhile, so that no question waits for what nobody has asked for.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn read_columns_ahead(&self) -> Result<(), StoreError> {
        let projects = largest(&mut self.read().await?).await?;
        let mut n_left = MOST_TIMES;
        // That with the most runs is kept for longest.
        for project in projects.into_iter().rev() {
            self.read_ahead(&project, &[], &mut n_left).await?;
            for attribute in USUAL {
                self.read_ahead(&project, &[Field::Attribute(attribute)], &mut n_left).await?;
            }
        }
        Ok(())
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

/// The projects with the most runs, where these are many.
async fn largest(connection: &mut Connection) -> Result<Vec<Projects>, StoreError> {
    let mut sql = Sql::new("SELECT project_id FROM run_counts GROUP BY project_id HAVING SUM(n_runs) >= ");
    sql.bind(FEW).push(" ORDER BY SUM(n_runs) DESC LIMIT ").push_number(MOST_PROJECTS);
    let rows = connection.fetch_all(sql).await?;
    rows.iter().map(|row| row.get("project_id").map(Projects::One)).collect()
}
