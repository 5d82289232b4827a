//! Sees to it that what is to be served is: takes what is asked of this server, adopts what nobody sees to, and tells each
//! of news.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use models::event::EventTopic;
use models::id::{DeploymentId, RunId};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{Notify, broadcast};
use tokio::task::{self, JoinSet};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep, timeout};

use super::tend::Tending;
use crate::AppState;
use crate::events::Numbered;
use crate::jobs::local::Local;
use crate::jobs::{Attempt, Executor as _, Observed};
use crate::store::{StoreError, Tender};

/// How often it is looked for what is to be served, unless something becomes known.
const LOOK: Duration = Duration::from_secs(2);
/// How soon after one look the next may follow.
const SHORTEST: Duration = Duration::from_millis(50);
/// How often leases are renewed.
const RENEW: Duration = Duration::from_secs(10);
/// How long those who see to servings may take to leave them.
const LEAVE: Duration = Duration::from_secs(5);

/// What all that see to servings share.
#[derive(Debug)]
pub(super) struct Host {
    pub(super) state: AppState,
    pub(super) executor: Arc<Local>,
    pub(super) tender: Tender,
    /// Whether the operator allows it. What an earlier start left is ended where not.
    pub(super) is_allowed: bool,
}

/// An attempt to serve a deployment, as the executor calls it.
pub(super) fn attempt(id: DeploymentId, number: u64) -> Attempt {
    Attempt { run: RunId(id.0), number }
}

impl Host {
    /// Ends an attempt that is there no more, if it was submitted, and lets it go.
    pub(super) async fn let_go(&self, attempt: Attempt) {
        if let Ok(Some(submitted)) = self.executor.find(attempt).await {
            while let Ok(Observed::Running) = self.executor.poll(&submitted.reference).await {
                let _ = self.executor.cancel(&submitted.reference).await;
                if self.state.shutdown().run_until_cancelled(sleep(SHORTEST * 4)).await.is_none() {
                    return;
                }
            }
        }
        self.executor.forget(attempt).await;
    }

    /// Lets go what is left of attempts that are over.
    async fn sweep(&self) -> Result<(), StoreError> {
        let attempts = self.executor.leftovers().await;
        let live = self.state.store().live_servings(self.tender.place).await?;
        let live: HashSet<(RunId, u64)> =
            live.into_iter().map(|(id, number)| (RunId(id.0), number)).collect();
        for attempt in attempts.into_iter().filter(|own| !live.contains(&(own.run, own.number))) {
            self.let_go(attempt).await;
        }
        Ok(())
    }
}

/// What this server sees to.
struct Keeping {
    host: Arc<Host>,
    tasks: JoinSet<()>,
    /// What each task sees to, and how it is told of news.
    tended: HashMap<task::Id, (DeploymentId, Arc<Notify>)>,
}

/// Serves until the server ends; then has what it serves end, and be started again by the next start.
pub(super) async fn keep(host: Arc<Host>) {
    let mut events = host.state.store().events().subscribe(None).1;
    if let Err(error) = host.state.store().void_serving_leases(host.tender).await {
        tracing::warn!(%error, "cannot take over the models of an earlier start at once");
    }
    let shutdown = host.state.shutdown().clone();
    let mut keeping = Keeping { host, tasks: JoinSet::new(), tended: HashMap::new() };
    tokio::spawn(sweep(Arc::clone(&keeping.host)));
    shutdown.run_until_cancelled(keeping.go_on(&mut events)).await;
    let all_left = async { while keeping.tasks.join_next().await.is_some() {} };
    let _ = timeout(LEAVE, all_left).await;
    keeping.tasks.shutdown().await;
    let Host { state, tender, .. } = &*keeping.host;
    if let Err(error) = state.store().release_serving_leases(tender.owner).await {
        tracing::warn!(%error, "the models of this server are taken over only after their leases");
    }
}

async fn sweep(host: Arc<Host>) {
    let sweep = async {
        if let Err(error) = host.sweep().await {
            tracing::warn!(%error, "cannot let go what is left of earlier models");
        }
    };
    host.state.shutdown().run_until_cancelled(sweep).await;
}

impl Keeping {
    async fn go_on(&mut self, events: &mut broadcast::Receiver<Numbered>) {
        let mut renewals = interval(RENEW);
        renewals.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut next_look = Instant::now();
        loop {
            tokio::select! {
                () = tokio::time::sleep_until(next_look) => {
                    if let Err(error) = self.look().await {
                        tracing::warn!(%error, "cannot look for models that are to be served");
                    }
                    next_look = Instant::now() + LOOK;
                }
                Some(done) = self.tasks.join_next_with_id() => {
                    self.tended.remove(&done.map_or_else(|error| error.id(), |(id, ())| id));
                    next_look = next_look.min(Instant::now() + SHORTEST);
                }
                event = events.recv() => {
                    // Whatever else was missed, they look themselves.
                    let is_news = match event {
                        Ok(told) => matches!(told.event.topic, EventTopic::Repositories | EventTopic::Project),
                        Err(RecvError::Lagged(_) | RecvError::Closed) => true,
                    };
                    if is_news {
                        self.tended.values().for_each(|(_, news)| news.notify_one());
                        next_look = next_look.min(Instant::now() + SHORTEST);
                    }
                }
                _ = renewals.tick() => {
                    let deployments = self.tended.values().map(|(id, _)| *id).collect();
                    let Host { state, tender, .. } = &*self.host;
                    if let Err(error) = state.store().renew_serving_leases(tender.owner, deployments).await {
                        tracing::warn!(%error, "cannot renew the leases of models");
                    }
                }
            }
        }
    }

    async fn look(&mut self) -> Result<(), StoreError> {
        for serving in self.host.state.store().servings_to_tend(self.host.tender).await? {
            let id = serving.deployment_id;
            if self.tended.values().any(|(tended, _)| *tended == id) {
                continue;
            }
            let news = Arc::new(Notify::new());
            let tending = Tending { host: Arc::clone(&self.host), id, news: Arc::clone(&news) };
            self.tended.insert(self.tasks.spawn(tending.run(serving.attempt)).id(), (id, news));
        }
        Ok(())
    }
}
