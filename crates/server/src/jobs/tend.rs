//! Sees to one job, from where it is to its end.

use std::sync::Arc;
use std::time::Duration;

use models::run::JobState;
use models::time::UnixMillis;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use super::end;
use super::executor::{Attempt, Exit, Observed, Refusal, Submitted};
use super::prepare::{config_of, prepare};
use super::work::Workshop;
use crate::store::{JobEnd, JobRecord, RunRecord, StoreError};

/// How often it is looked how a job is doing, unless something becomes known of it.
const WATCH: Duration = Duration::from_millis(500);
/// How long after an error of the database or the executor it is tried again.
const PAUSE: Duration = Duration::from_secs(2);
/// How often an attempt may fail for a reason that may pass, and how long after the first time it is tried again.
const MOST_FAILURES: u64 = 2;
const DELAY: i64 = 15_000;

/// One job.
pub(super) struct Tending {
    pub(super) shop: Arc<Workshop>,
    pub(super) job: JobRecord,
    /// Whether it was taken from the queue just now. One that was adopted may have been submitted.
    pub(super) is_new: bool,
    /// Told when something becomes known of its run.
    pub(super) news: Arc<Notify>,
}

/// Why seeing to a job ends here before the job does.
enum Broken {
    /// Another server has it now, or this one ends.
    Left,
    /// Its run was deleted.
    Deleted,
    /// It is tried again.
    Again(String),
}

impl From<StoreError> for Broken {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale => Self::Left,
            StoreError::NotFound => Self::Deleted,
            StoreError::Conflict(_)
            | StoreError::Invalid { .. }
            | StoreError::Full
            | StoreError::Unavailable
            | StoreError::Corrupt(_)
            | StoreError::Database(_) => Self::Again(error.to_string()),
        }
    }
}

impl From<Refusal> for Broken {
    fn from(refusal: Refusal) -> Self {
        Self::Again(refusal.message)
    }
}

impl Tending {
    /// Returns once the job has ended, or is for another server, or this one ends.
    pub(super) async fn run(mut self) {
        let shutdown = self.shop.state.shutdown().clone();
        loop {
            let is_new = std::mem::take(&mut self.is_new);
            let step = shutdown.run_until_cancelled(self.step(is_new)).await;
            match step {
                None | Some(Ok(()) | Err(Broken::Left)) => return,
                Some(Err(Broken::Deleted)) => return self.let_go().await,
                Some(Err(Broken::Again(reason))) => {
                    tracing::warn!(run = %self.job.run_id, reason, "cannot see to a run just now");
                    if shutdown.run_until_cancelled(sleep(PAUSE)).await.is_none() {
                        return;
                    }
                }
            }
        }
    }

    async fn step(&mut self, is_new: bool) -> Result<(), Broken> {
        let shop = Arc::clone(&self.shop);
        let store = shop.state.store();
        self.job = store.job(self.job.number).await?;
        if self.job.is_over() || self.job.lease_owner != Some(self.shop.tender.owner) {
            return Ok(());
        }
        let run = store.run_by_id(self.job.run_id).await?;
        if self.job.state == JobState::Submitting {
            let submitted = if is_new { self.submit(&run).await? } else { self.find().await? };
            let Some(Submitted { reference, at }) = submitted else { return Ok(()) };
            store.start_job(self.job.number, self.shop.tender.owner, reference.clone(), at).await?;
            self.job.reference = Some(reference);
        }
        self.follow(&run).await
    }

    fn attempt(&self) -> Attempt {
        Attempt { run: self.job.run_id, number: self.job.attempt }
    }

    /// Has the job executed; `None` when it is not, which is then noted.
    async fn submit(&self, run: &RunRecord) -> Result<Option<Submitted>, Broken> {
        let shop = Arc::clone(&self.shop);
        let job = self.job.clone();
        let prepared = tokio::select! {
            prepared = prepare(&shop, &job, run) => prepared,
            cancelled = self.cancelled() => {
                cancelled?;
                Err(Refusal::lasting(""))
            }
        };
        let submitted = match prepared {
            Ok(order) => shop.executor.submit(order).await,
            Err(refusal) => Err(refusal),
        };
        match submitted {
            Ok(submitted) => Ok(Some(submitted)),
            // Some of it may have been done; the executor knows.
            Err(refusal) => match shop.executor.find(self.attempt()).await? {
                Some(submitted) => Ok(Some(submitted)),
                None => self.refuse(refusal).await.map(|()| None),
            },
        }
    }

    /// Returns once the end of the job is asked for.
    async fn cancelled(&self) -> Result<(), Broken> {
        loop {
            let job = self.shop.state.store().job(self.job.number).await?;
            if job.cancel_requested_at.is_some() {
                return Ok(());
            }
            let _ = timeout(PAUSE, self.news.notified()).await;
        }
    }

    /// The attempt of a server that ended, or whose executor gave no clear answer; back into the queue when there is none.
    async fn find(&self) -> Result<Option<Submitted>, Broken> {
        if let Some(submitted) = self.shop.executor.find(self.attempt()).await? {
            return Ok(Some(submitted));
        }
        if self.job.cancel_requested_at.is_some() {
            return self.finish(end::cancelled()).await.map(|()| None);
        }
        let now = crate::clock::now();
        self.shop.state.store().requeue_job(self.job.number, self.shop.tender.owner, now, None).await?;
        self.shop.executor.forget(self.attempt()).await;
        Ok(None)
    }

    /// Notes that the job could not be submitted.
    async fn refuse(&self, refusal: Refusal) -> Result<(), Broken> {
        let store = self.shop.state.store();
        let job = store.job(self.job.number).await?;
        if job.cancel_requested_at.is_some() {
            return self.finish(end::cancelled()).await;
        }
        if refusal.is_passing && job.failures < MOST_FAILURES {
            let delay = DELAY * 4_i64.pow(u32::try_from(job.failures).unwrap_or(0));
            let not_before = UnixMillis(crate::clock::now().0 + delay);
            let message = format!("{} Tried again in {} s.", refusal.message, delay / 1000);
            let owner = self.shop.tender.owner;
            store.requeue_job(self.job.number, owner, not_before, Some(message)).await?;
            self.shop.executor.forget(self.attempt()).await;
            return Ok(());
        }
        self.finish(end::refused(refusal.message)).await
    }

    /// Follows the job until it has ended.
    async fn follow(&self, run: &RunRecord) -> Result<(), Broken> {
        let shop = Arc::clone(&self.shop);
        let Some(reference) = self.job.reference.clone() else {
            return Err(Broken::Again("a running job has no reference".to_owned()));
        };
        let mut sent = Some(self.job.log_sent);
        let mut is_asked = false;
        loop {
            let observed = shop.executor.poll(&reference).await?;
            sent = self.keep_output(&reference, sent).await?;
            let job = shop.state.store().job(self.job.number).await?;
            if job.lease_owner != Some(shop.tender.owner) || job.is_over() {
                return Err(Broken::Left);
            }
            match observed {
                Observed::Running if job.cancel_requested_at.is_some() && !is_asked => {
                    shop.executor.cancel(&reference).await?;
                    is_asked = true;
                }
                Observed::Running => {}
                Observed::Ended(exit) => return self.finish(self.end_of(&exit, run)).await,
                Observed::Vanished => {
                    return self.finish(end::vanished(job.cancel_requested_at.is_some())).await;
                }
            }
            let _ = timeout(WATCH, self.news.notified()).await;
        }
    }

    fn end_of(&self, exit: &Exit, run: &RunRecord) -> JobEnd {
        let limit = config_of(run).and_then(|config| config.resources.wall_limit());
        end::ended(exit, limit)
    }

    /// Appends what was printed to the log; `None` from when on that takes no more.
    async fn keep_output(&self, reference: &str, sent: Option<u64>) -> Result<Option<u64>, Broken> {
        let Some(mut sent) = sent else { return Ok(None) };
        loop {
            let bytes = self.shop.executor.output(reference, sent).await?;
            if bytes.is_empty() {
                return Ok(Some(sent));
            }
            let owner = self.shop.tender.owner;
            match self.shop.state.store().append_job_log(self.job.number, owner, sent, bytes).await {
                Ok(length) => sent = length,
                Err(StoreError::Invalid { .. }) => return Ok(None),
                Err(error) => return Err(error.into()),
            }
        }
    }

    async fn finish(&self, end: JobEnd) -> Result<(), Broken> {
        self.shop.state.store().end_job(self.job.number, self.shop.tender.owner, end).await?;
        self.shop.executor.forget(self.attempt()).await;
        Ok(())
    }

    /// Ends what is being executed of a run that is there no more.
    async fn let_go(self) {
        self.shop.let_go(self.attempt()).await;
    }
}
