//! Reads experiments.

use models::{
    experiment::{ExperimentRepository, LifecycleStage},
    id::{ExperimentRepositoryId, ProjectId},
    page::{Page, PageQuery},
    query::Attribute,
};
use std::collections::HashMap;

use super::record::{Experiment, read_all, read_one};
use crate::store::{Connection, Sql, Store, StoreError};

impl Store {
    /// A page of the experiments of a project, by name.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn experiments(
        &self,
        project: ProjectId,
        stage: LifecycleStage,
        page: PageQuery,
    ) -> Result<Page<ExperimentRepository>, StoreError> {
        let mut connection = self.read().await?;
        let count =
            Sql::new("SELECT COUNT(*) AS n FROM experiments WHERE project_id = $1 AND lifecycle_stage = $2");
        let total_records = connection.fetch_one(count.with(project).with(stage.as_str())).await?.get("n")?;
        let mut sql = Sql::new("SELECT * FROM experiments WHERE project_id = $1 AND lifecycle_stage = $2");
        sql = sql.with(project).with(stage.as_str());
        sql.push(" ORDER BY name LIMIT ")
            .push_number(page.pagelength)
            .push(" OFFSET ")
            .push_number(page.startindex);
        let rows = connection.fetch_all(sql).await?;
        let mut items = read_all(&mut connection, &rows).await?;
        drop(connection);
        self.attach_runs_of_experiments(project, &mut items).await?;
        Ok(Page { total_records, items }.map(|experiment| experiment.repository))
    }

    /// An experiment of a project.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has none with this id.
    pub async fn experiment(
        &self,
        project: ProjectId,
        id: ExperimentRepositoryId,
    ) -> Result<Experiment, StoreError> {
        let mut found = [identified(&mut self.read().await?, project, id).await?];
        self.attach_runs_of_experiments(project, &mut found).await?;
        let [experiment] = found;
        Ok(experiment)
    }

    async fn attach_runs_of_experiments(
        &self,
        project: ProjectId,
        experiments: &mut [Experiment],
    ) -> Result<(), StoreError> {
        let numbers = experiments.iter().map(|experiment| experiment.number).collect();
        let mut runs = self.usage_summaries(project, Attribute::Experiment, numbers).await?;
        for experiment in experiments {
            experiment.repository.runs = Some(runs.remove(&experiment.number).unwrap_or_default());
        }
        Ok(())
    }

    /// The experiment with this MLflow id, in whichever project.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]
    pub async fn experiment_by_number(&self, number: i64) -> Result<Experiment, StoreError> {
        numbered(&mut self.read().await?, number).await
    }

    /// The experiments with these MLflow ids, in whichever projects; those that are not there are left out.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn experiments_by_numbers(&self, numbers: Vec<i64>) -> Result<Vec<Experiment>, StoreError> {
        if numbers.is_empty() {
            return Ok(Vec::new());
        }
        let found = experiments_by_number(&mut self.read().await?, numbers).await?;
        Ok(found.into_values().collect())
    }

    /// The experiments of this name, active ones first, in these projects.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn experiments_by_name(
        &self,
        projects: Vec<ProjectId>,
        name: &str,
    ) -> Result<Vec<Experiment>, StoreError> {
        if projects.is_empty() {
            return Ok(Vec::new());
        }
        let mut connection = self.read().await?;
        let mut sql = Sql::new("SELECT * FROM experiments WHERE name = $1 AND project_id IN (").with(name);
        sql.push_list(projects).push(") ORDER BY lifecycle_stage, experiment_number");
        let rows = connection.fetch_all(sql).await?;
        read_all(&mut connection, &rows).await
    }
}

/// The experiment with this id in this project.
pub(in crate::store) async fn identified(
    connection: &mut Connection,
    project: ProjectId,
    id: ExperimentRepositoryId,
) -> Result<Experiment, StoreError> {
    let sql = Sql::new("SELECT * FROM experiments WHERE project_id = $1 AND experiment_repository_id = $2");
    let row = connection.fetch_one(sql.with(project).with(id)).await?;
    read_one(connection, row).await
}

/// The experiment with this MLflow id.
pub(in crate::store) async fn numbered(
    connection: &mut Connection,
    number: i64,
) -> Result<Experiment, StoreError> {
    let sql = Sql::new("SELECT * FROM experiments WHERE experiment_number = $1").with(number);
    let row = connection.fetch_one(sql).await?;
    read_one(connection, row).await
}

/// The experiments with these MLflow ids.
pub(in crate::store) async fn experiments_by_number(
    connection: &mut Connection,
    numbers: Vec<i64>,
) -> Result<HashMap<i64, Experiment>, StoreError> {
    if numbers.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new("SELECT * FROM experiments WHERE experiment_number IN (");
    sql.push_list(numbers).push(")");
    let rows = connection.fetch_all(sql).await?;
    let experiments = read_all(connection, &rows).await?;
    Ok(experiments.into_iter().map(|experiment| (experiment.number, experiment)).collect())
}
