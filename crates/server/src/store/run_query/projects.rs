//! Whose runs a question is about.

use models::id::ProjectId;
use std::{collections::HashSet, sync::Arc};

/// Whose runs a question is about: those of a project, or those of several, which are told apart by the runs alone. A
/// question about one project never pays for there being others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Projects {
    /// Those of one project.
    One(ProjectId),
    /// Those of these projects, each once; of none where there are none.
    Several(Arc<[ProjectId]>),
}

impl Projects {
    /// The projects.
    #[must_use]
    pub fn as_slice(&self) -> &[ProjectId] {
        match self {
            Self::One(project) => std::slice::from_ref(project),
            Self::Several(projects) => projects,
        }
    }

    /// The only one.
    #[must_use]
    pub fn only(&self) -> Option<ProjectId> {
        match self {
            Self::One(project) => Some(*project),
            Self::Several(_) => None,
        }
    }

    /// The projects, to be looked up.
    pub(in crate::store) fn set(&self) -> HashSet<ProjectId> {
        self.as_slice().iter().copied().collect()
    }
}

impl From<ProjectId> for Projects {
    fn from(project: ProjectId) -> Self {
        Self::One(project)
    }
}

impl From<Vec<ProjectId>> for Projects {
    fn from(mut projects: Vec<ProjectId>) -> Self {
        projects.sort_unstable();
        projects.dedup();
        match *projects {
            [only] => Self::One(only),
            _ => Self::Several(projects.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn one_project_named_twice_is_one() {
        let [a, b] = [1, 2].map(|number| ProjectId(Uuid::from_u128(number)));
        assert_eq!(Projects::from(vec![a, a]), Projects::One(a));
        assert_eq!(Projects::from(vec![b, a, b]).as_slice(), [a, b]);
        assert_eq!(Projects::from(Vec::new()).as_slice(), []);
    }
}
