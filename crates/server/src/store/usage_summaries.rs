//! The runs that used things, in brief.

use models::experiment::LifecycleStage;
use models::id::ProjectId;
use models::query::{Attribute, Field, Filter};
use models::run::RunStatus;
use models::usage::UsageSummary;
use std::collections::HashMap;

use super::run_columns::{GroupValue, Shared, groups, select};
use super::run_query::{Projects, RunScope, Source, source};
use super::{Connection, Identity, Row, Sql, Store, StoreError, Value};

/// In projects with more runs they are counted from memory: the database walks along each of them.
const MANY: u64 = 10_000;
/// What runs use.
const USED: [Attribute; 4] = [Attribute::Code, Attribute::Data, Attribute::Experiment, Attribute::Model];

impl Store {
    /// The runs of a project that name these things of it in `attribute`, in brief; things that no run names are absent.
    /// Who asks must hold no connection.
    ///
    /// # Errors
    /// [`StoreError`]
    pub(super) async fn usage_summaries<K: Identity>(
        &self,
        project: ProjectId,
        attribute: Attribute,
        things: Vec<K>,
    ) -> Result<HashMap<K, UsageSummary>, StoreError> {
        if things.is_empty() {
            return Ok(HashMap::new());
        }
        if self.run_counts(project).await?.total() < MANY {
            return counted(&mut self.read().await?, attribute, things).await;
        }
        let mut summaries = self.summaries_in_memory(project, attribute).await?;
        let found =
            things.into_iter().filter_map(|thing| Some((thing, summaries.remove(&shared(thing.into())?)?)));
        Ok(found.collect())
    }

    async fn summaries_in_memory(
        &self,
        project: ProjectId,
        attribute: Attribute,
    ) -> Result<HashMap<Shared, UsageSummary>, StoreError> {
        let scope = RunScope::project(project, LifecycleStage::Active);
        let projects = Projects::One(project);
        let field = Field::Attribute(attribute);
        // A page of a project asks for all of them, and together they are read in little more time than one.
        let fields = USED.map(Field::Attribute);
        self.ask_memory(&projects, &fields, &[], move |table, names, budget| {
            let selected = select(table, names, &scope, &[], &Filter::all(), budget)?;
            let rows = groups(table, &selected, &field).rows.into_iter();
            Ok(rows
                .filter_map(|row| match row.value {
                    GroupValue::Shared(thing) => {
                        let total = row.runs.total();
                        Some((
                            thing,
                            UsageSummary { total, counts: row.runs, last_used: row.last_start_time },
                        ))
                    }
                    GroupValue::Missing | GroupValue::Integer(_) | GroupValue::Real(_) => None,
                })
                .collect())
        })
        .await
    }
}

/// How columns in memory keep what refers to a thing.
fn shared(thing: Value) -> Option<Shared> {
    match thing {
        Value::Uuid(id) => id.map(Shared::Id),
        Value::Integer(number) => number.map(Shared::Number),
        Value::Text(_) | Value::Real(_) | Value::Boolean(_) | Value::Bytes(_) => None,
    }
}

/// As [`Store::usage_summaries`], counted by the database.
async fn counted<K: Identity>(
    connection: &mut Connection,
    attribute: Attribute,
    things: Vec<K>,
) -> Result<HashMap<K, UsageSummary>, StoreError> {
    let Source::Reference(reference) = source(attribute) else { return Ok(HashMap::new()) };
    let column = reference.column;
    let mut sql = Sql::new("SELECT ");
    sql.push(column).push(" AS used, MAX(r.start_time) AS last_used, COUNT(*) AS n");
    // Columns instead of further groups: the rows of an index come in the order of the things alone.
    for (_, count) in COUNTS {
        sql.push(count);
    }
    sql.push(" FROM runs r WHERE r.lifecycle_stage = 'active' AND ")
        .push(column)
        .push(" IN (")
        .push_list(things);
    sql.push(") GROUP BY ").push(column);
    let rows = connection.fetch_all(sql).await?;
    rows.iter().map(|row| Ok((row.get("used")?, summary(row)?))).collect()
}
const COUNTS: [(RunStatus, &str); 5] = [
    (RunStatus::Scheduled, ", SUM(CASE status WHEN 'SCHEDULED' THEN 1 ELSE 0 END) AS \"SCHEDULED\""),
    (RunStatus::Running, ", SUM(CASE status WHEN 'RUNNING' THEN 1 ELSE 0 END) AS \"RUNNING\""),
    (RunStatus::Finished, ", SUM(CASE status WHEN 'FINISHED' THEN 1 ELSE 0 END) AS \"FINISHED\""),
    (RunStatus::Failed, ", SUM(CASE status WHEN 'FAILED' THEN 1 ELSE 0 END) AS \"FAILED\""),
    (RunStatus::Killed, ", SUM(CASE status WHEN 'KILLED' THEN 1 ELSE 0 END) AS \"KILLED\""),
];

fn summary(row: &Row) -> Result<UsageSummary, StoreError> {
    let mut summary =
        UsageSummary { total: row.get("n")?, last_used: row.get("last_used")?, ..UsageSummary::default() };
    for (status, _) in COUNTS {
        summary.counts.add(status, row.get(status.as_str())?);
    }
    Ok(summary)
}
