//! The tables that are kept, and when they are read anew.

use models::{
    event::Event,
    id::{ProjectId, RunId},
    query::{Attribute, Field},
};
use std::sync::{
    Arc, Mutex, MutexGuard,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};
use tokio::sync::{Notify, OwnedRwLockReadGuard, RwLock};

use super::{
    extent::Extent,
    load::{self, Plan},
    stale::{MAX_RUNS, Stale},
    table::{Base, Table},
    whose::{Whose, lock},
};
use crate::store::{Connection, Store, StoreError, run_counts, run_query::Projects};

/// How much memory is kept at most, of all projects together. What a question needs is kept in any case.
const MAX_BYTES: usize = 256 << 20;

/// The tables of the projects that were looked at last. All clones are one.
#[derive(Debug, Clone, Default)]
pub(in crate::store) struct RunColumns(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// Those used last are last.
    kept: Mutex<Vec<Arc<Kept>>>,
    /// Whether changes may be made that nobody tells: by another server, while the way to it is broken.
    is_deaf: AtomicBool,
    /// Somebody asks.
    asked: Notify,
}

#[derive(Debug)]
struct Kept {
    whose: Whose,
    stale: Mutex<Stale>,
    table: Arc<RwLock<Table>>,
    bytes: AtomicUsize,
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
    /// is. Who asks must hold no connection: others who wait for the table would soon hold them all.
    pub(in crate::store) async fn open(
        &self,
        store: &Store,
        projects: &Projects,
        fields: &[Field],
    ) -> Result<OwnedRwLockReadGuard<Table>, StoreError> {
        self.0.asked.notify_waiters();
        self.get(store, projects, fields).await
    }

    /// Whether the runs of these projects were read and most are as they were.
    pub(in crate::store) fn are_there(&self, projects: &Projects) -> bool {
        let kept = self.kept();
        let Some(kept) = kept.iter().find(|kept| kept.whose.fits(projects)) else { return false };
        kept.bytes.load(Ordering::Relaxed) > 0 && !matches!(*kept.stale(), Stale::All) && !self.is_deaf()
    }

    /// Reads columns that nobody has asked for yet, if nobody asks meanwhile; gives whether it has.
    pub(super) async fn read_ahead(
        &self,
        store: &Store,
        projects: &Projects,
        fields: &[Field],
    ) -> Result<bool, StoreError> {
        let asked = self.0.asked.notified();
        tokio::select! {
            biased;
            () = asked => Ok(false),
            table = self.get(store, projects, fields) => table.map(|_| true),
        }
    }

    async fn get(
        &self,
        store: &Store,
        projects: &Projects,
        fields: &[Field],
    ) -> Result<OwnedRwLockReadGuard<Table>, StoreError> {
        let kept = self.find(projects);
        let by_project =
            matches!(kept.whose, Whose::Several(_)).then_some(Field::Attribute(Attribute::Project));
        let fields: Vec<Field> = fields.iter().cloned().chain(by_project).collect();
        let table = Arc::clone(&kept.table).read_owned().await;
        let is_current = !self.is_deaf() && kept.stale().is_empty() && kept.whose.has(projects);
        if is_current && table.missing(&fields).is_empty() {
            return Ok(table);
        }
        drop(table);
        let mut table = Arc::clone(&kept.table).write_owned().await;
        self.bring_up(store, &kept, projects, &mut table, &fields).await?;
        Ok(table.downgrade())
    }

    /// Reads what has changed, and the columns that are missing.
    async fn bring_up(
        &self,
        store: &Store,
        kept: &Arc<Kept>,
        projects: &Projects,
        table: &mut Table,
        fields: &[Field],
    ) -> Result<(), StoreError> {
        if self.is_deaf() {
            *kept.stale() = Stale::All;
        }
        // From now on their changes are noted.
        let new = kept.whose.join(projects);
        kept.stale().join(new);
        let projects = kept.whose.projects();
        let taken = Taken::from(kept);
        let mut connection = store.read().await?;
        let is_new = !refresh(&mut connection, &projects, table, &taken.stale).await?;
        if is_new {
            *table = Table::default();
        }
        let missing = table.missing(fields);
        if is_new || !missing.is_empty() {
            let extent = if is_new {
                Extent::read(&mut connection, &projects).await?
            } else {
                Extent::of(&table.runs)
            };
            let plan = Plan::new(&mut connection, &projects, &extent, is_new, &missing).await?;
            drop(connection);
            plan.read(store.scanner(), table, is_new).await?;
        }
        taken.settle();
        kept.bytes.store(table.bytes(), Ordering::Relaxed);
        self.make_room();
        if kept.bytes.load(Ordering::Relaxed) > MAX_BYTES {
            table.shrink(MAX_BYTES, fields);
            kept.bytes.store(table.bytes(), Ordering::Relaxed);
        }
        Ok(())
    }

    fn is_deaf(&self) -> bool {
        self.0.is_deaf.load(Ordering::Acquire)
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
                bytes: AtomicUsize::new(0),
            }),
        };
        kept.push(Arc::clone(&found));
        found
    }

    /// Forgets the projects that were not looked at for longest.
    fn make_room(&self) {
        let mut kept = self.kept();
        let mut bytes: usize = kept.iter().map(|kept| kept.bytes.load(Ordering::Relaxed)).sum();
        while bytes > MAX_BYTES && kept.len() > 1 {
            bytes -= kept.remove(0).bytes.load(Ordering::Relaxed);
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

/// Reads the runs anew that have changed; gives whether that is enough, or all is to be read.
async fn refresh(
    connection: &mut Connection,
    projects: &[ProjectId],
    table: &mut Table,
    stale: &Stale,
) -> Result<bool, StoreError> {
    if stale.is_empty() {
        return Ok(true);
    }
    let Stale::Some { runs, projects: new } = stale else { return Ok(false) };
    let Some(bases) = few(connection, projects, runs.iter().copied().collect(), new).await? else {
        return Ok(false);
    };
    let numbers: Vec<i64> = bases.iter().map(|base| base.number).collect();
    bases.into_iter().for_each(|base| table.put(base));
    if numbers.is_empty() {
        return Ok(true);
    }
    let theirs = match projects {
        [_] => projects.to_vec(),
        _ => load::projects_of(connection, &numbers).await?,
    };
    load::again(connection, &theirs, table, &numbers).await?;
    Ok(true)
}

/// What is kept of these runs and of those of new projects; `None` when they are many, or one is gone for good.
async fn few(
    connection: &mut Connection,
    projects: &[ProjectId],
    runs: Vec<RunId>,
    new: &[ProjectId],
) -> Result<Option<Vec<Base>>, StoreError> {
    let n_new = usize::try_from(run_counts::of_all(connection, new).await?).unwrap_or(usize::MAX);
    if n_new.saturating_add(runs.len()) > MAX_RUNS {
        return Ok(None);
    }
    let wanted = runs.len();
    let mut bases = load::bases_of(connection, projects, runs).await?;
    if bases.len() != wanted {
        return Ok(None);
    }
    bases.extend(load::bases_in(connection, new).await?);
    bases.sort_unstable_by_key(|base| base.number);
    bases.dedup_by_key(|base| base.number);
    Ok(Some(bases))
}
