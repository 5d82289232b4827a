//! Sees to one job, from where it is to its end.

use std::sync::Arc;
use std::time::Duration;

use models::run::JobState;
use models::time::UnixMillis;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, timeout, timeout_at};

use super::end;
use super::executor::{Attempt, Order, Outlook, Refusal, Submitted};
use super::patience;
use super::prepare::prepare;
use super::work::Workshop;
use crate::store::{ExecutorKind, JobEnd, JobNote, JobRecord, Requeued, RunRecord, StoreError};

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
pub(super) enum Broken {
    /// Another server has it now, or this one ends.
    Left,
    /// Its run was deleted.
    Deleted,
    /// It is tried again.
    Again(String),
    /// Its machine cannot be asked until it is back, or a person has done something.
    Unanswered(String),
    /// Nobody will know any more how it is doing.
    Lost(String),
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
        match refusal.outlook {
            Outlook::Passing => Self::Again(refusal.message),
            Outlook::Awaited => Self::Unanswered(refusal.message),
            Outlook::Lasting => Self::Lost(refusal.message),
        }
    }
}

impl Tending {
    /// Returns once the job has ended, or is for another server, or this one ends.
    pub(super) async fn run(mut self) {
        let shutdown = self.shop.state.shutdown().clone();
        loop {
            let is_new = std::mem::take(&mut self.is_new);
            let step = async {
                match self.step(is_new).await {
                    Err(Broken::Unanswered(message)) => self.wait_for_answer(message).await,
                    Err(Broken::Lost(message)) => self.finish(end::refused(message)).await,
                    other => other,
                }
            };
            match shutdown.run_until_cancelled(step).await {
                None | Some(Ok(()) | Err(Broken::Left)) => return,
                Some(Err(Broken::Deleted)) => return self.let_go().await,
                Some(Err(Broken::Unanswered(_))) => {}
                Some(Err(Broken::Again(reason) | Broken::Lost(reason))) => {
                    tracing::warn!(run = %self.job.run_id, reason, "cannot see to a run just now");
                    if shutdown.run_until_cancelled(sleep(PAUSE)).await.is_none() {
                        return;
                    }
                }
            }
        }
    }

    /// Notes that the machine cannot be asked, and waits until it is time to try again; ends the job when that goes on for
    /// too long.
    async fn wait_for_answer(&self, message: String) -> Result<(), Broken> {
        tracing::info!(run = %self.job.run_id, message, "cannot ask the machine of a run");
        let store = self.shop.state.store();
        let job = store.job(self.job.number).await?;
        let now = crate::clock::now();
        let since = job.note.unanswered_since.unwrap_or(now);
        if patience::is_over(since, now) {
            return self.finish(end::given_up(&message)).await;
        }
        let note = JobNote { message: Some(message.clone()), unanswered_since: Some(since), ..job.note };
        store.note_job(self.job.number, self.shop.tender.owner, note).await?;
        self.pause(patience::pause(since, now), job.cancel_requested_at.is_some()).await?;
        Err(Broken::Unanswered(message))
    }

    /// Returns after a time, or earlier when somebody asks for the end of the job.
    ///
    /// # Errors
    /// [`Broken::Left`] when it is for another server.
    pub(super) async fn pause(&self, time: Duration, is_asked: bool) -> Result<(), Broken> {
        let until = Instant::now() + time;
        while timeout_at(until, self.news.notified()).await.is_ok() {
            let job = self.shop.state.store().job(self.job.number).await?;
            if job.lease_owner != Some(self.shop.tender.owner) || job.is_over() {
                return Err(Broken::Left);
            }
            if job.cancel_requested_at.is_some() && !is_asked {
                break;
            }
        }
        Ok(())
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
        let prepared = async {
            // A host that hands out code slowly keeps a place; what comes after that needs none.
            let _place = shop.preparing.take(run.user.user_id).await;
            prepare(&shop, &job, run).await
        };
        let submitted = match self.unless_cancelled(prepared).await? {
            Ok(order) => self.hand_over(order).await?,
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

    /// What is handed to another machine is broken off when somebody asks for the end of the job: what has come of it by
    /// then is found there by its name. On this machine it takes a moment.
    async fn hand_over(&self, order: Order) -> Result<Result<Submitted, Refusal>, Broken> {
        let submitted = self.shop.executor.submit(order);
        match self.shop.kind {
            ExecutorKind::Local => Ok(submitted.await),
            ExecutorKind::Unicore => self.unless_cancelled(submitted).await,
        }
    }

    /// What comes of some work; a refusal when the end of the job is asked for before.
    async fn unless_cancelled<T>(
        &self,
        work: impl Future<Output = Result<T, Refusal>>,
    ) -> Result<Result<T, Refusal>, Broken> {
        tokio::select! {
            done = work => Ok(done),
            cancelled = self.cancelled() => cancelled.map(|()| Err(Refusal::lasting(""))),
        }
    }

    /// Returns once the end of the job is asked for.
    pub(super) async fn cancelled(&self) -> Result<(), Broken> {
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
        let (store, owner) = (self.shop.state.store(), self.shop.tender.owner);
        store.requeue_job(self.job.number, owner, now, Requeued::Again).await?;
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
        let now = crate::clock::now();
        let (delay, why) = match refusal.outlook {
            Outlook::Passing if job.failures < MOST_FAILURES => {
                let delay = DELAY * 4_i64.pow(u32::try_from(job.failures).unwrap_or(0));
                let message = format!("{} Tried again in {} s.", refusal.message, delay / 1000);
                (delay, Requeued::Failed(message))
            }
            Outlook::Awaited => {
                let since = job.note.unanswered_since.unwrap_or(now);
                if patience::is_over(since, now) {
                    return self.finish(end::given_up(&refusal.message)).await;
                }
                let delay = i64::try_from(patience::pause(since, now).as_millis()).unwrap_or(DELAY);
                (delay, Requeued::Unanswered(refusal.message))
            }
            Outlook::Passing | Outlook::Lasting => return self.finish(end::refused(refusal.message)).await,
        };
        let not_before = UnixMillis(now.0 + delay);
        store.requeue_job(self.job.number, self.shop.tender.owner, not_before, why).await?;
        self.shop.executor.forget(self.attempt()).await;
        Ok(())
    }

    pub(super) async fn finish(&self, end: JobEnd) -> Result<(), Broken> {
        self.shop.state.store().end_job(self.job.number, self.shop.tender.owner, end).await?;
        self.shop.executor.forget(self.attempt()).await;
        Ok(())
    }

    /// Ends what is being executed of a run that is there no more.
    async fn let_go(self) {
        if let Some(reference) = &self.job.reference
            && let Err(refusal) = self.shop.executor.cancel(reference).await
        {
            tracing::warn!(%refusal, "cannot end what is left of a deleted run");
        }
        self.shop.let_go(self.attempt()).await;
    }
}
