//! Takes jobs from the queue, adopts those that nobody sees to, and tells each of news about its run.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use models::event::{Event, EventTopic};
use models::id::RunId;
use tokio::sync::{Notify, broadcast};
use tokio::task::{self, JoinSet};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep, timeout};

use super::executor::{Attempt, Executor, Observed};
use super::places::Places;
use super::tend::Tending;
use crate::AppState;
use crate::events::Numbered;
use crate::store::{ExecutorKind, JobRecord, Room, StoreError, Tender};

/// How often it is looked for jobs, unless something becomes known.
const LOOK: Duration = Duration::from_secs(2);
/// How soon after one look the next may follow.
const SHORTEST: Duration = Duration::from_millis(200);
/// How often leases are renewed.
const RENEW: Duration = Duration::from_secs(10);
/// How long those who see to jobs may take to leave them.
const LEAVE: Duration = Duration::from_secs(5);

/// What all that see to jobs share.
#[derive(Debug)]
pub(super) struct Workshop {
    pub(super) state: AppState,
    pub(super) executor: Arc<dyn Executor>,
    pub(super) kind: ExecutorKind,
    pub(super) tender: Tender,
    /// Where the processes of runs reach MLflow's API.
    pub(super) tracking_uri: String,
    /// How many jobs are executed at once; none are taken from the queue where it is 0.
    pub(super) most: usize,
    /// How many of these may be one person's; as many as there are where it is missing.
    pub(super) most_of_one: Option<usize>,
    /// Places for those whose code is being fetched.
    pub(super) preparing: Places,
}

impl Workshop {
    /// Ends an attempt whose run is there no more, if it was submitted, and lets it go.
    pub(super) async fn let_go(&self, attempt: Attempt) {
        if let Ok(Some(submitted)) = self.executor.find(attempt).await {
            while let Ok(Observed::Running) = self.executor.poll(&submitted.reference).await {
                let _ = self.executor.cancel(&submitted.reference).await;
                if self.state.shutdown().run_until_cancelled(sleep(LOOK)).await.is_none() {
                    return;
                }
            }
        }
        self.executor.forget(attempt).await;
    }

    /// Lets go what is left of attempts that are over.
    async fn sweep(&self) -> Result<(), StoreError> {
        let attempts = self.executor.leftovers().await;
        let runs: Vec<RunId> = attempts.iter().map(|attempt| attempt.run).collect();
        let mut live = HashSet::new();
        for part in runs.chunks(500) {
            for job in self.state.store().live_jobs(part.to_vec()).await? {
                live.insert((job.run_id, job.attempt));
            }
        }
        for attempt in attempts.into_iter().filter(|own| !live.contains(&(own.run, own.number))) {
            self.let_go(attempt).await;
        }
        Ok(())
    }
}

/// The jobs that this server sees to.
struct Work {
    shop: Arc<Workshop>,
    tasks: JoinSet<()>,
    /// What each task sees to.
    tended: HashMap<task::Id, Tended>,
}

/// A job that this server sees to.
struct Tended {
    number: i64,
    run: RunId,
    news: Arc<Notify>,
}

/// Works until the server ends; then leaves the jobs as they are.
pub(super) async fn work(shop: Arc<Workshop>) {
    let mut events = shop.state.store().events().subscribe(None).1;
    if let Err(error) = shop.state.store().void_leases(shop.tender).await {
        tracing::warn!(%error, "cannot take over the jobs of an earlier start at once");
    }
    let shutdown = shop.state.shutdown().clone();
    let mut work = Work { shop, tasks: JoinSet::new(), tended: HashMap::new() };
    tokio::spawn(sweep(Arc::clone(&work.shop)));
    shutdown.run_until_cancelled(work.go_on(&mut events)).await;
    let all_left = async { while work.tasks.join_next().await.is_some() {} };
    let _ = timeout(LEAVE, all_left).await;
    work.tasks.shutdown().await;
    if let Err(error) = work.shop.state.store().release_leases(work.shop.tender).await {
        tracing::warn!(%error, "the jobs of this server are taken over only after their leases");
    }
}

async fn sweep(shop: Arc<Workshop>) {
    let sweep = async {
        if let Err(error) = shop.sweep().await {
            tracing::warn!(%error, "cannot let go what is left of earlier runs");
        }
    };
    shop.state.shutdown().run_until_cancelled(sweep).await;
}

impl Work {
    async fn go_on(&mut self, events: &mut broadcast::Receiver<Numbered>) {
        let mut renewals = interval(RENEW);
        renewals.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut next_look = Instant::now();
        loop {
            tokio::select! {
                () = tokio::time::sleep_until(next_look) => {
                    if let Err(error) = self.look().await {
                        tracing::warn!(%error, "cannot look for jobs");
                    }
                    next_look = Instant::now() + LOOK;
                }
                Some(done) = self.tasks.join_next_with_id() => {
                    // Should one have failed by a defect, its lease ends, and its job is adopted anew.
                    self.tended.remove(&done.map_or_else(|error| error.id(), |(id, ())| id));
                    next_look = next_look.min(Instant::now() + SHORTEST);
                }
                event = events.recv() => {
                    if self.hear(event.map(|numbered| numbered.event)) {
                        next_look = next_look.min(Instant::now() + SHORTEST);
                    }
                }
                _ = renewals.tick() => {
                    if let Err(error) = self.renew().await {
                        tracing::warn!(%error, "cannot renew the leases of jobs");
                    }
                }
            }
        }
    }

    /// Adopts and takes as many jobs as there is room for.
    async fn look(&mut self) -> Result<(), StoreError> {
        let Workshop { tender, kind, most, most_of_one, .. } = *self.shop;
        let store = self.shop.state.store().clone();
        for job in store.adopt_jobs(tender, kind).await? {
            if !self.tended.values().any(|own| own.number == job.number) {
                self.tend(job, false);
            }
        }
        let free = most.saturating_sub(self.tasks.len());
        if free > 0 {
            let room = Room { free: free as u64, of_one: most_of_one.map(|most| most as u64) };
            for job in store.take_jobs(tender, kind, room).await? {
                self.tend(job, true);
            }
        }
        Ok(())
    }

    async fn renew(&self) -> Result<(), StoreError> {
        let numbers = self.tended.values().map(|own| own.number).collect();
        self.shop.state.store().renew_leases(self.shop.tender, numbers).await
    }

    fn tend(&mut self, job: JobRecord, is_new: bool) {
        let news = Arc::new(Notify::new());
        let tended = Tended { number: job.number, run: job.run_id, news: Arc::clone(&news) };
        let tending = Tending { shop: Arc::clone(&self.shop), job, is_new, news };
        let id = self.tasks.spawn(tending.run()).id();
        self.tended.insert(id, tended);
    }

    /// Passes news on; gives whether there may be new jobs.
    fn hear(&self, event: Result<Event, broadcast::error::RecvError>) -> bool {
        let run = match event {
            Ok(event) if event.topic == EventTopic::Run => event.run_id,
            Ok(_) => return false,
            // Some were missed: anything may have happened.
            Err(_) => None,
        };
        for tended in self.tended.values().filter(|own| run.is_none_or(|run| run == own.run)) {
            tended.news.notify_one();
        }
        self.tasks.len() < self.shop.most
    }
}
