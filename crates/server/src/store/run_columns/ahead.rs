//! Reads ahead what the first questions will ask for.

use models::query::{Attribute, Field};

use crate::store::{Connection, Projects, Sql, Store, StoreError};

/// Of projects with fewer runs the first question is quick.
const FEW: i64 = 50_000;
/// Of how many projects it is read.
const MOST_PROJECTS: u64 = 2;
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
    /// Reads the columns that are asked for most, of the projects with the most runs: one after the other, so that a
    /// question that comes meanwhile waits for one of them at most.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn read_columns_ahead(&self) -> Result<(), StoreError> {
        let projects = largest(&mut self.read().await?).await?;
        // That with the most runs is kept for longest.
        for project in projects.into_iter().rev() {
            self.run_columns().open(self, &project, &[]).await?;
            for attribute in USUAL {
                self.run_columns().open(self, &project, &[Field::Attribute(attribute)]).await?;
            }
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
