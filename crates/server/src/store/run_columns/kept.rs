//! The tables that are kept, and when they are read anew.

use models::{event::Event, id::ProjectId, query::Field};
use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};
use tokio::sync::OwnedMutexGuard;

use super::{
    load::{self, Which},
    stale::Stale,
    table::Table,
};
use crate::store::{Connection, StoreError};

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
    project: ProjectId,
    stale: Mutex<Stale>,
    table: Arc<tokio::sync::Mutex<Table>>,
    size: AtomicUsize,
}

impl Kept {
    fn stale(&self) -> MutexGuard<'_, Stale> {
        self.stale.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl RunColumns {
    /// Takes note of a change, before it is acknowledged.
    pub(in crate::store) fn note(&self, event: &Event) {
        for kept in self.kept().iter().filter(|kept| kept.project == event.project_id) {
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

    /// The table of a project, true as of now, with the columns of these fields, where any run has a value of them.
    pub(in crate::store) async fn open(
        &self,
        connection: &mut Connection,
        project: ProjectId,
        fields: &[Field],
    ) -> Result<OwnedMutexGuard<Table>, StoreError> {
        let kept = self.find(project);
        let mut table = Arc::clone(&kept.table).lock_owned().await;
        if self.0.is_deaf.load(Ordering::Acquire) {
            *kept.stale() = Stale::All;
        }
        let taken = Taken::from(&kept);
        refresh(connection, project, &mut table, &taken.stale).await?;
        taken.settle();
        for field in fields {
            if table.column(field).is_none() {
                load::fill(connection, project, &mut table, field, Which::All).await?;
            }
        }
        kept.size.store(table.size(), Ordering::Relaxed);
        self.make_room();
        Ok(table)
    }

    fn kept(&self) -> MutexGuard<'_, Vec<Arc<Kept>>> {
        self.0.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, project: ProjectId) -> Arc<Kept> {
        let mut kept = self.kept();
        let found = match kept.iter().position(|kept| kept.project == project) {
            Some(place) => kept.remove(place),
            None => Arc::new(Kept {
                project,
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
    project: ProjectId,
    table: &mut Table,
    stale: &Stale,
) -> Result<(), StoreError> {
    let runs = match stale {
        stale if stale.is_empty() => return Ok(()),
        Stale::Runs(runs) => Some(runs.iter().copied().collect::<Vec<_>>()),
        Stale::All => None,
    };
    let wanted = runs.as_ref().map(Vec::len);
    let bases = load::bases(connection, project, runs).await?;
    if wanted == Some(bases.len()) {
        let numbers: Vec<i64> = bases.iter().map(|base| base.number).collect();
        bases.into_iter().for_each(|base| table.put(base));
        for field in table.fields() {
            load::fill(connection, project, table, &field, Which::These(&numbers)).await?;
        }
        return Ok(());
    }
    // All are asked for, or a run is gone for good.
    let bases = if wanted.is_some() { load::bases(connection, project, None).await? } else { bases };
    // Its columns are read as they are needed.
    *table = Table::of(bases);
    Ok(())
}
