//! Which runs used what: in brief for lists, and run by run.

use models::code::CodeRepository;
use models::data::DataRepository;
use models::experiment::LifecycleStage;
use models::id::ProjectId;
use models::model::ModelRepository;
use models::page::{Page, PageQuery};
use models::repository::RepositorySearch;
use models::run::Run;
use models::usage::{
    RunUsage, RunsByCodeRepository, RunsByDataRepository, RunsByExperiment, RunsByModel, UsageSummary,
};
use std::collections::HashMap;

use super::{Connection, Identity, Sql, Store, StoreError, runs};

macro_rules! usages {
    ($($(#[$doc:meta])* $function:ident: $thing:ident as $field:ident in $column:literal -> $with:ident;)+) => {
        impl Store {$(
            $(#[$doc])*
            ///
            /// # Errors
            /// [`StoreError`]
            pub async fn $function(
                &self,
                project: ProjectId,
                search: &RepositorySearch,
                page: PageQuery,
            ) -> Result<Page<$with>, StoreError> {
                let page = self.list_owned::<$thing>(project, search, page).await?;
                let ids = page.items.iter().map(super::Owned::id).collect();
                let mut runs = newest(&mut self.read().await?, $column, ids).await?;
                Ok(page.map(|thing| {
                    let mut usage = runs.remove(&super::Owned::id(&thing)).unwrap_or_default();
                    usage.iter_mut().for_each(|usage| usage.$field = None);
                    let UsageSummary { total, last_used, .. } = thing.runs.unwrap_or_default();
                    $with { $field: thing, usage, total_usage: total, last_used }
                }))
            }
        )+}
    };
}

usages! {
    /// A page of the code repositories of a project, each with the runs that executed its code.
    code_usage: CodeRepository as code_repository in "code_repository_id" -> RunsByCodeRepository;
    /// A page of the data repositories of a project, each with the runs that read its data.
    data_usage: DataRepository as data_repository in "data_repository_id" -> RunsByDataRepository;
    /// A page of the definitions of models of a project, each with the runs that trained it.
    model_usage: ModelRepository as model_repository in "model_repository_id" -> RunsByModel;
}

impl Store {
    /// A page of the experiments of a project that are in use, each with its runs.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn experiment_usage(
        &self,
        project: ProjectId,
        page: PageQuery,
    ) -> Result<Page<RunsByExperiment>, StoreError> {
        let page = self.experiments(project, LifecycleStage::Active, page).await?;
        let number = |id: &str| id.parse::<i64>().map_err(|error| StoreError::Corrupt(error.to_string()));
        let numbers: Vec<i64> =
            page.items.iter().map(|item| number(&item.mlflow_experiment_id)).collect::<Result<_, _>>()?;
        let mut runs = newest(&mut self.read().await?, "experiment_number", numbers.clone()).await?;
        let mut numbers = numbers.into_iter();
        Ok(page.map(|experiment| {
            let mut usage = numbers.next().and_then(|number| runs.remove(&number)).unwrap_or_default();
            usage.iter_mut().for_each(|usage| usage.experiment_repository = None);
            let UsageSummary { total, last_used, .. } = experiment.runs.unwrap_or_default();
            RunsByExperiment { experiment_repository: experiment, usage, total_usage: total, last_used }
        }))
    }
}

/// The newest runs that name these things in `column`, newest first. Things that no run names are absent.
async fn newest<K: Identity>(
    connection: &mut Connection,
    column: &'static str,
    things: Vec<K>,
) -> Result<HashMap<K, Vec<RunUsage>>, StoreError> {
    let mut newest = HashMap::<K, Vec<RunUsage>>::new();
    let Ok(n_things) = u64::try_from(things.len()) else { return Ok(newest) };
    if n_things == 0 {
        return Ok(newest);
    }
    let n_runs = (RunUsage::MAX_PER_ANSWER / n_things).clamp(1, RunUsage::MAX_PER_THING);
    let mut sql = Sql::default();
    for (n, thing) in things.into_iter().enumerate() {
        sql.push(if n == 0 { "SELECT * FROM (SELECT " } else { " UNION ALL SELECT * FROM (SELECT " });
        sql.push(column).push(" AS used, run_number FROM runs WHERE lifecycle_stage = 'active' AND ");
        sql.push(column).push(" = ").bind(thing);
        sql.push(" ORDER BY run_number DESC LIMIT ").push_number(n_runs).push(") AS newest");
    }
    let rows = connection.fetch_all(sql).await?;
    let mut found: Vec<(i64, K)> = rows
        .iter()
        .map(|row| Ok((row.get("run_number")?, row.get("used")?)))
        .collect::<Result<_, StoreError>>()?;
    found.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
    let numbers = found.iter().map(|(number, _)| *number).collect();
    let records = runs::numbered(connection, numbers).await?;
    let things: HashMap<i64, K> = found.into_iter().collect();
    let used: Vec<Option<K>> = records.iter().map(|run| things.get(&run.number).copied()).collect();
    for (run, thing) in runs::nested(connection, records).await?.into_iter().zip(used) {
        let Some(thing) = thing else { continue };
        newest.entry(thing).or_default().push(in_brief(run));
    }
    Ok(newest)
}

/// A run with its partners, whose descriptions would make the answer long.
fn in_brief(mut run: Run) -> RunUsage {
    if let Some(code) = &mut run.code_repository {
        code.description.clear();
    }
    if let Some(data) = &mut run.data_repository {
        data.description.clear();
    }
    if let Some(model) = &mut run.model_repository {
        model.description.clear();
        model.git.iter_mut().for_each(|code| code.description.clear());
    }
    RunUsage {
        run_id: run.run_id,
        mlflow_run_id: run.mlflow_run_id,
        name: run.name,
        status: run.status,
        start_time: run.start_time,
        code_repository: run.code_repository,
        experiment_repository: Some(run.experiment_repository),
        model_repository: run.model_repository,
        data_repository: run.data_repository,
        connection: run.connection,
    }
}
