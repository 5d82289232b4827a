//! What the compiler of a question has looked up: the numbers of the names in it, and what its expressions match.

use models::{
    id::ProjectId,
    query::{Field, Filter},
};
use std::collections::HashMap;

use super::expression;

use crate::store::{Connection, Sql, StoreError, run_keys, run_keys::Family};

/// What the compiler of a question has looked up.
#[derive(Debug)]
pub(super) struct Context {
    pub(super) is_postgres: bool,
    pub(super) projects: Vec<ProjectId>,
    keys: HashMap<Field, Vec<i64>>,
    /// For each field and expression the list of texts that match, as JSON.
    matching: HashMap<(Field, String), String>,
}

impl Context {
    /// Looks up the names of these fields.
    pub(super) async fn new(
        connection: &mut Connection,
        projects: &[ProjectId],
        fields: Vec<Field>,
    ) -> Result<Self, StoreError> {
        let mut keys = HashMap::new();
        for field in fields {
            let Some((family, key)) = family(&field) else { continue };
            let numbers = run_keys::in_projects(connection, projects, family, key).await?;
            keys.insert(field, numbers);
        }
        let is_postgres = connection.is_postgres();
        Ok(Self { is_postgres, projects: projects.to_vec(), keys, matching: HashMap::new() })
    }

    /// Looks up what the expressions of the filter match among these runs, which must be few.
    pub(super) async fn match_among(
        &mut self,
        connection: &mut Connection,
        filter: &Filter,
        runs: &[i64],
    ) -> Result<(), StoreError> {
        for (field, text) in expression::all(filter) {
            let list = expression::matching(connection, self, field, text, runs).await?;
            self.matching.insert((field.clone(), text.to_owned()), list);
        }
        Ok(())
    }

    /// The texts of a field that match an expression, as a list in JSON.
    pub(super) fn matching(&self, field: &Field, text: &str) -> &str {
        self.matching.get(&(field.clone(), text.to_owned())).map_or("[]", String::as_str)
    }

    /// The numbers of a metric, parameter or tag; none when no run has it.
    pub(super) fn keys(&self, field: &Field) -> &[i64] {
        self.keys.get(field).map_or(&[], Vec::as_slice)
    }

    /// `FROM <table> d WHERE` it belongs to the run `r` and is this field; `None` when no run has it.
    pub(super) fn logged(&self, field: &Field) -> Option<Sql> {
        let mut sql = Sql::new(" FROM ");
        sql.push(table(field)?).push(" d WHERE d.run_number = r.run_number AND d.key_id");
        self.push_keys(&mut sql, field)?;
        Some(sql)
    }

    fn push_keys(&self, sql: &mut Sql, field: &Field) -> Option<()> {
        match self.keys(field) {
            [] => None,
            [only] => {
                sql.push(" = ").bind(*only);
                Some(())
            }
            several => {
                sql.push(" IN (").push_list(several.iter().copied()).push(")");
                Some(())
            }
        }
    }
}

/// The table that holds what the runs of projects have logged under a field, and the numbers of its name there; `None`
/// when no run has it.
pub(in crate::store) async fn logged_keys(
    connection: &mut Connection,
    projects: &[ProjectId],
    field: &Field,
) -> Result<Option<(&'static str, Vec<i64>)>, StoreError> {
    let Some((table, (family, key))) = table(field).zip(family(field)) else { return Ok(None) };
    let keys = run_keys::in_projects(connection, projects, family, key).await?;
    Ok((!keys.is_empty()).then_some((table, keys)))
}

/// How many rows there are of what the runs of projects have logged in the manner of a field, under any name.
pub(in crate::store) async fn n_logged(
    connection: &mut Connection,
    projects: &[ProjectId],
    field: &Field,
) -> Result<u64, StoreError> {
    match family(field) {
        Some((family, _)) => run_keys::n_rows(connection, projects, family).await,
        None => Ok(0),
    }
}

fn family(field: &Field) -> Option<(Family, &str)> {
    match field {
        Field::Attribute(_) => None,
        Field::Metric(key) => Some((Family::Metric, key)),
        Field::Parameter(key) => Some((Family::Parameter, key)),
        Field::Tag(key) => Some((Family::Tag, key)),
    }
}

pub(super) fn table(field: &Field) -> Option<&'static str> {
    match field {
        Field::Attribute(_) => None,
        Field::Metric(_) => Some("run_metrics"),
        Field::Parameter(_) => Some("run_parameters"),
        Field::Tag(_) => Some("run_tags"),
    }
}

/// The fields that a filter names.
pub(super) fn fields_of(filter: &Filter) -> Vec<&Field> {
    match filter {
        Filter::And(parts) | Filter::Or(parts) => parts.iter().flat_map(fields_of).collect(),
        Filter::Not(part) => fields_of(part),
        Filter::Is(comparison) => vec![comparison.field()],
    }
}
