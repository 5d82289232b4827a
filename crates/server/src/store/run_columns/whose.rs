//! Whose runs a table holds.

use models::id::ProjectId;
use std::{
    collections::BTreeSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::store::run_query::Projects;

/// Whose runs a table holds.
#[derive(Debug)]
pub(super) enum Whose {
    One(ProjectId),
    /// Those of all projects that anybody asked for together with others. People see much the same projects, but hardly
    /// two of them all the same: a table for each of them would be most of it kept over and over.
    Several(Mutex<BTreeSet<ProjectId>>),
}

impl Whose {
    pub(super) fn of(projects: &Projects) -> Self {
        projects.only().map_or_else(|| Self::Several(Mutex::default()), Self::One)
    }

    pub(super) fn fits(&self, projects: &Projects) -> bool {
        match self {
            Self::One(own) => projects.only() == Some(*own),
            Self::Several(_) => projects.only().is_none(),
        }
    }

    pub(super) fn contains(&self, project: ProjectId) -> bool {
        match self {
            Self::One(own) => *own == project,
            Self::Several(own) => lock(own).contains(&project),
        }
    }

    /// Adds those of the projects that are missing, and gives them.
    pub(super) fn join(&self, projects: &Projects) -> Vec<ProjectId> {
        match self {
            Self::One(_) => Vec::new(),
            Self::Several(own) => {
                let mut own = lock(own);
                projects.as_slice().iter().copied().filter(|project| own.insert(*project)).collect()
            }
        }
    }

    /// Whether all of the projects are there.
    pub(super) fn has(&self, projects: &Projects) -> bool {
        match self {
            Self::One(own) => projects.only() == Some(*own),
            Self::Several(own) => {
                let own = lock(own);
                projects.as_slice().iter().all(|project| own.contains(project))
            }
        }
    }

    pub(super) fn projects(&self) -> Vec<ProjectId> {
        match self {
            Self::One(own) => vec![*own],
            Self::Several(own) => lock(own).iter().copied().collect(),
        }
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
