//! The tables that are kept, and when they are read anew.

use models::{
    event::Event,
    id::{ProjectId, RunId},
    query::{Attribute, Field},
};
use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};
use tokio::sync::OwnedMutexGuard;

use super::{
    load::{self, Which},
    stale::{MAX_RUNS, Stale},
    table::{Base, Table},
};
use crate::store::{Connection, StoreError, run_query::Projects};

/// How many values are kept at most, of all projects together: about 250 MB. The project on screen is kept in any case.
const MAX_VALUES: usize = 24_000_000;

/// The tables of the projects that were looked at last. All clones are one.
#[derive(Debug, Clone, Default)]
pub(in crate::store) struct RunColumns(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// Those used last are last.
    kept: Mutex<Vec<Arc<Kept>>>,
    /// Whether changes may be made that nobody tells: by another server, while the way to it is broken.
    is_deaf: AtomicBool,
}

#[derive(Debug)]
struct Kept {
    whose: Whose,
    stale: Mutex<Stale>,
    table: Arc<tokio::sync::Mutex<Table>>,
    size: AtomicUsize,
}

/// Whose runs a table holds.
#[derive(Debug)]
enum Whose {
    One(ProjectId),
    /// Those of all projects that anybody asked for together with others. People see much the same projects, but hardly
    /// two of them all the same: a table for each of them would be most of it kept over and over.
    Several(Mutex<BTreeSet<ProjectId>>),
}

impl Whose {
    fn of(projects: &Projects) -> Self {
        projects.only().map_or_else(|| Self::Several(Mutex::default()), Self::One)
    }

    fn fits(&self, projects: &Projects) -> bool {
        match self {
            Self::One(own) => projects.only() == Some(*own),
            Self::Several(_) => projects.only().is_none(),
        }
    }

    fn contains(&self, project: ProjectId) -> bool {
        match self {
            Self::One(own) => *own == project,
            Self::Several(own) => lock(own).contains(&project),
        }
    }

    /// Adds those of the projects that are missing, and gives them.
    fn join(&self, projects: &Projects) -> Vec<ProjectId> {
        match self {
            Self::One(_) => Vec::new(),
            Self::Several(own) => {
                let mut own = lock(own);
                projects.as_slice().iter().copied().filter(|project| own.insert(*project)).collect()
            }
        }
    }

    fn projects(&self) -> Vec<ProjectId> {
        match self {
            Self::One(own) => vec![*own],
            Self::Several(own) => lock(own).iter().copied().collect(),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Kept {
    fn stale(&self) -> MutexGuard<'_, Stale> {
        lock(&self.stale)
    }
}

impl RunColumns {
    /// Takes note of a change, before it is acknowledged.
    pub(in crate::store) fn note(&self, event: &Event) {
        for kept in self.kept().iter().filter(|kept| kept.whose.contains(event.project_id)) {
            kept.stale().note(event);
        }
    }

    /// While it is deaf every question reads all anew: changes are made that nobody tells.
    pub(in crate::store) fn set_deaf(&self, is_deaf: bool) {
        self.0.is_deaf.store(is_deaf, Ordering::Release);
        if !is_deaf {
            self.kept().iter().for_each(|kept| *kept.stale() = Stale::All);
        }
    }

    /// The table that holds the runs of these projects, true as of now, with the columns of these fields, where any run
    /// has a value of them. Where the projects are several, it may hold those of others, and a column says of which each
    /// is.
    pub(in crate::store) async fn open(
        &self,
        connection: &mut Connection,
        projects: &Projects,
        fields: &[Field],
    ) -> Result<OwnedMutexGuard<Table>, StoreError> {
        let kept = self.find(projects);
        let mut table = Arc::clone(&kept.table).lock_owned().await;
        if self.0.is_deaf.load(Ordering::Acquire) {
            *kept.stale() = Stale::All;
        }
        // From now on their changes are noted.
        let new = kept.whose.join(projects);
        kept.stale().join(new);
        let projects = kept.whose.projects();
        let taken = Taken::from(&kept);
        refresh(connection, &projects, &mut table, &taken.stale).await?;
        taken.settle();
        let by_project =
            matches!(kept.whose, Whose::Several(_)).then_some(Field::Attribute(Attribute::Project));
        for field in fields.iter().chain(&by_project) {
            if table.column(field).is_none() {
                load::fill(connection, &projects, &mut table, field, Which::All).await?;
            }
        }
        kept.size.store(table.size(), Ordering::Relaxed);
        self.make_room();
        Ok(table)
    }

    fn kept(&self) -> MutexGuard<'_, Vec<Arc<Kept>>> {
        lock(&self.0.kept)
    }

    fn find(&self, projects: &Projects) -> Arc<Kept> {
        let mut kept = self.kept();
        let found = match kept.iter().position(|kept| kept.whose.fits(projects)) {
            Some(place) => kept.remove(place),
            None => Arc::new(Kept {
                whose: Whose::of(projects),
                stale: Mutex::new(Stale::All),
                table: Arc::default(),
                size: AtomicUsize::new(0),
            }),
        };
        kept.push(Arc::clone(&found));
        found
    }

    /// Forgets the projects that were not looked at for longest.
    fn make_room(&self) {
        let mut kept = self.kept();
        let mut size: usize = kept.iter().map(|kept| kept.size.load(Ordering::Relaxed)).sum();
        while size > MAX_VALUES && kept.len() > 1 {
            size -= kept.remove(0).size.load(Ordering::Relaxed);
        }
    }
}

/// What is being read anew; all of it still is to be when that fails or is broken off.
struct Taken<'k> {
    kept: &'k Kept,
    stale: Stale,
}

impl<'k> From<&'k Arc<Kept>> for Taken<'k> {
    fn from(kept: &'k Arc<Kept>) -> Self {
        Self { kept, stale: std::mem::take(&mut *kept.stale()) }
    }
}

impl Taken<'_> {
    fn settle(mut self) {
        self.stale = Stale::default();
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        if !self.stale.is_empty() {
            *self.kept.stale() = Stale::All;
        }
    }
}

async fn refresh(
    connection: &mut Connection,
    projects: &[ProjectId],
    table: &mut Table,
    stale: &Stale,
) -> Result<(), StoreError> {
    if stale.is_empty() {
        return Ok(());
    }
    if let Stale::Some { runs, projects: new } = stale
        && let Some(bases) = few(connection, projects, runs.iter().copied().collect(), new).await?
    {
        let numbers: Vec<i64> = bases.iter().map(|base| base.number).collect();
        bases.into_iter().for_each(|base| table.put(base));
        if numbers.is_empty() {
            return Ok(());
        }
        let theirs = match projects {
            [_] => projects.to_vec(),
            _ => load::projects_of(connection, &numbers).await?,
        };
        for field in table.fields() {
            load::fill(connection, &theirs, table, &field, Which::These(&numbers)).await?;
        }
        return Ok(());
    }
    // Its columns are read as they are needed.
    *table = Table::of(load::bases(connection, projects).await?);
    Ok(())
}

/// What is kept of these runs and of those of new projects; `None` when they are many, or one is gone for good.
async fn few(
    connection: &mut Connection,
    projects: &[ProjectId],
    runs: Vec<RunId>,
    new: &[ProjectId],
) -> Result<Option<Vec<Base>>, StoreError> {
    let wanted = runs.len();
    let mut bases = load::bases_of(connection, projects, runs).await?;
    if bases.len() != wanted {
        return Ok(None);
    }
    if !new.is_empty() {
        bases.extend(load::bases(connection, new).await?);
        bases.sort_unstable_by_key(|base| base.number);
        bases.dedup_by_key(|base| base.number);
    }
    Ok((bases.len() <= MAX_RUNS).then_some(bases))
}
