//! Which runs a question is about, before any filter.

use models::{experiment::LifecycleStage, id::ProjectId};

use super::Projects;
use crate::store::Sql;

/// Which runs a question is about, before any filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunScope {
    /// The projects of the runs.
    pub projects: Projects,
    /// The experiments of the runs; all experiments of the projects when missing.
    pub experiments: Option<Vec<i64>>,
    /// Whether in use or in the bin; both when missing.
    pub stage: Option<LifecycleStage>,
}

impl RunScope {
    /// The runs of a project in this stage.
    #[must_use]
    pub fn project(project: ProjectId, stage: LifecycleStage) -> Self {
        Self::of(&Projects::One(project), stage)
    }

    /// The runs of these projects in this stage.
    #[must_use]
    pub fn of(projects: &Projects, stage: LifecycleStage) -> Self {
        Self { projects: projects.clone(), experiments: None, stage: Some(stage) }
    }

    /// What a run `r` must fulfil.
    pub(super) fn condition(&self) -> Sql {
        let mut sql = Sql::default();
        match &self.experiments {
            Some(experiments) => member(&mut sql, "r.experiment_number", experiments.iter().copied()),
            None => member(&mut sql, "r.project_id", self.projects.as_slice().iter().copied()),
        }
        match self.stage {
            Some(stage) => sql.push(" AND r.lifecycle_stage = ").bind(stage.as_str()),
            None => sql.push(" AND r.lifecycle_stage IN ('active', 'deleted')"),
        };
        sql
    }
}

fn member(
    sql: &mut Sql,
    column: &'static str,
    values: impl ExactSizeIterator<Item = impl Into<crate::store::Value>>,
) {
    match values.len() {
        0 => sql.push("FALSE"),
        1 => sql.push(column).push(" = ").push_list(values),
        _ => sql.push(column).push(" IN (").push_list(values).push(")"),
    };
}
