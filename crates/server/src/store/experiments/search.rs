//! Searches experiments across projects, as MLflow does.

use models::{
    experiment::LifecycleStage,
    id::ProjectId,
    query::{Attribute, Comparison, Field, Filter, Operator, Value},
};

use super::record::{Experiment, read_all};
use crate::store::{Sql, Store, StoreError, run_query::text_condition};

/// Which experiments are wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct ExperimentSearch {
    /// Their projects.
    pub projects: Vec<ProjectId>,
    /// Whether in use or in the bin; both when missing.
    pub stage: Option<LifecycleStage>,
    /// What they must fulfil: conditions on their names and tags.
    pub filter: Filter,
    /// Their order, and whether the greatest comes first; then by number.
    pub order: Vec<(ExperimentOrder, bool)>,
    /// How many to pass over.
    pub offset: u64,
    /// How many to give at most.
    pub limit: u64,
}

/// What experiments can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExperimentOrder {
    Name,
    Number,
    Created,
    Updated,
}

impl Store {
    /// The experiments that are wanted.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when the filter is about something else than names and tags, or has regular expressions.
    pub async fn search_experiments(&self, search: &ExperimentSearch) -> Result<Vec<Experiment>, StoreError> {
        if search.projects.is_empty() {
            return Ok(Vec::new());
        }
        let mut connection = self.read().await?;
        let is_postgres = connection.is_postgres();
        let mut sql = Sql::new("SELECT e.* FROM experiments e WHERE e.project_id IN (");
        sql.push_list(search.projects.iter().copied()).push(")");
        if let Some(stage) = search.stage {
            sql.push(" AND e.lifecycle_stage = ").bind(stage.as_str());
        }
        sql.push(" AND ").append(condition(&search.filter, is_postgres)?).push(" ORDER BY ");
        for (order, descending) in &search.order {
            sql.push(match order {
                ExperimentOrder::Name if is_postgres => "e.name COLLATE \"C\"",
                ExperimentOrder::Name => "e.name",
                ExperimentOrder::Number => "e.experiment_number",
                ExperimentOrder::Created => "e.created_at",
                ExperimentOrder::Updated => "e.updated_at",
            });
            sql.push(if *descending { " DESC, " } else { ", " });
        }
        sql.push("e.experiment_number LIMIT ").push_number(search.limit);
        sql.push(" OFFSET ").push_number(search.offset);
        let rows = connection.fetch_all(sql).await?;
        read_all(&mut connection, &rows).await
    }
}

fn condition(filter: &Filter, is_postgres: bool) -> Result<Sql, StoreError> {
    let mut sql = Sql::default();
    match filter {
        Filter::And(parts) => list(&mut sql, "TRUE", " AND ", parts, is_postgres)?,
        Filter::Or(parts) => list(&mut sql, "FALSE", " OR ", parts, is_postgres)?,
        Filter::Not(part) => {
            sql.push("NOT ").append(condition(part, is_postgres)?);
        }
        Filter::Is(Comparison::Value { operator, .. }) if operator.is_expression() => {
            let message = "experiments are found by no regular expression; use LIKE or ILIKE".to_owned();
            return Err(StoreError::Invalid { field: "filter", message });
        }
        Filter::Is(Comparison::Value { field, operator, value: Value::Text(text) }) => {
            sql.append(has(field, |column| text_condition(column, *operator, text, is_postgres))?);
        }
        Filter::Is(Comparison::In { field, values, negated }) => {
            let any = |column| {
                let mut sql = Sql::new(if *negated { "NOT (FALSE" } else { "(FALSE" });
                for value in values {
                    if let Value::Text(text) = value {
                        sql.push(" OR ").append(text_condition(column, Operator::Equal, text, is_postgres));
                    }
                }
                sql.push(")");
                sql
            };
            sql.append(has(field, any)?);
        }
        Filter::Is(Comparison::Set { field, negated }) => {
            sql.push(if *negated { "NOT " } else { "" }).append(has(field, |_| Sql::new("TRUE"))?);
        }
        Filter::Is(Comparison::Value { field, .. }) => return Err(no_property(field)),
    }
    Ok(sql)
}

fn list(
    sql: &mut Sql,
    empty: &'static str,
    separator: &'static str,
    parts: &[Filter],
    is_postgres: bool,
) -> Result<(), StoreError> {
    sql.push("(").push(if parts.is_empty() { empty } else { "" });
    for (n, part) in parts.iter().enumerate() {
        sql.push(if n == 0 { "" } else { separator }).append(condition(part, is_postgres)?);
    }
    sql.push(")");
    Ok(())
}

fn has(field: &Field, holds: impl FnOnce(&'static str) -> Sql) -> Result<Sql, StoreError> {
    let mut sql = Sql::default();
    match field {
        Field::Attribute(Attribute::Name) => sql.append(holds("e.name")),
        Field::Tag(key) => {
            sql.push("EXISTS (SELECT 1 FROM experiment_tags t WHERE t.experiment_number = e.experiment_number AND t.key = ");
            sql.bind(key.as_str()).push(" AND ").append(holds("t.value")).push(")")
        }
        Field::Attribute(_) | Field::Metric(_) | Field::Parameter(_) => return Err(no_property(field)),
    };
    Ok(sql)
}

fn no_property(field: &Field) -> StoreError {
    StoreError::Invalid {
        field: "filter",
        message: format!("`{field}` is no property of an experiment; use name or tags"),
    }
}
