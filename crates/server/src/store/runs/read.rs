//! Reads runs.

use models::{
    id::{ProjectId, RunId},
    page::{Page, PageQuery},
    run::Run,
};

use super::{nested, record, record::RunRecord, record::SELECT};
use crate::store::{Connection, Projects, Sql, Store, StoreError, escape_like};
use std::collections::{HashMap, HashSet};

impl Store {
    /// A page of the runs of a project that are not in the bin, newest first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn runs(&self, project: ProjectId, page: PageQuery) -> Result<Page<Run>, StoreError> {
        let total_records = self.run_counts(project).await?.total();
        let mut connection = self.read().await?;
        let mut sql = Sql::new(SELECT);
        sql.push(" WHERE r.project_id = ").bind(project);
        sql.push(" AND r.lifecycle_stage = 'active' ORDER BY r.run_number DESC LIMIT ");
        sql.push_number(page.pagelength).push(" OFFSET ").push_number(page.startindex);
        let rows = connection.fetch_all(sql).await?;
        let records = record::read_all(&rows)?;
        Ok(Page { total_records, items: nested(&mut connection, records).await? })
    }

    /// A run of a project, with what it refers to.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has none with this id.
    pub async fn run(&self, project: ProjectId, id: RunId) -> Result<Run, StoreError> {
        let mut connection = self.read().await?;
        let run = of_project(&mut connection, project, id).await?;
        nested(&mut connection, vec![run]).await?.pop().ok_or(StoreError::NotFound)
    }

    /// A run of a project, as it is stored.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has none with this id.
    pub async fn run_record(&self, project: ProjectId, id: RunId) -> Result<RunRecord, StoreError> {
        of_project(&mut self.read().await?, project, id).await
    }

    /// The names of the runs of an experiment that begin with a text.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn run_names_like(&self, experiment: i64, start: &str) -> Result<HashSet<String>, StoreError> {
        let sql = Sql::new(r"SELECT name FROM runs WHERE experiment_number = $1 AND name LIKE $2 ESCAPE '\'");
        let pattern = format!("{}%", escape_like(start));
        let rows = self.read().await?.fetch_all(sql.with(experiment).with(pattern)).await?;
        rows.iter().map(|row| row.get("name")).collect()
    }

    /// A run of whichever project, as it is stored.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]
    pub async fn run_by_id(&self, id: RunId) -> Result<RunRecord, StoreError> {
        identified(&mut self.read().await?, id).await
    }
}

/// The run with this id in this project.
pub(in crate::store) async fn of_project(
    connection: &mut Connection,
    project: ProjectId,
    id: RunId,
) -> Result<RunRecord, StoreError> {
    identified(connection, id)
        .await
        .and_then(|run| if run.project_id == project { Ok(run) } else { Err(StoreError::NotFound) })
}

/// The run with this id.
pub(in crate::store) async fn identified(
    connection: &mut Connection,
    id: RunId,
) -> Result<RunRecord, StoreError> {
    let mut sql = Sql::new(SELECT);
    sql.push(" WHERE r.run_id = ").bind(id);
    record::read(&connection.fetch_one(sql).await?)
}

/// The runs of projects that have these ids, in this order, each once.
pub(in crate::store) async fn with_ids(
    connection: &mut Connection,
    projects: impl Into<Projects>,
    ids: &[RunId],
) -> Result<Vec<RunRecord>, StoreError> {
    let projects = projects.into().set();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(SELECT);
    sql.push(" WHERE r.run_id IN (").push_list(ids.iter().copied()).push(")");
    let rows = connection.fetch_all(sql).await?;
    let mut runs = record::read_all(&rows)?;
    runs.retain(|run| projects.contains(&run.project_id));
    runs.sort_by_key(|run| ids.iter().position(|id| *id == run.id));
    Ok(runs)
}

/// The runs with these numbers, in this order.
pub(in crate::store) async fn numbered(
    connection: &mut Connection,
    numbers: Vec<i64>,
) -> Result<Vec<RunRecord>, StoreError> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(SELECT);
    sql.push(" WHERE r.run_number IN (").push_list(numbers.iter().copied()).push(")");
    let rows = connection.fetch_all(sql).await?;
    let mut runs = record::read_all(&rows)?;
    let places: HashMap<i64, usize> =
        numbers.into_iter().enumerate().map(|(place, number)| (number, place)).collect();
    runs.sort_by_key(|run| places.get(&run.number).copied());
    Ok(runs)
}
