//! Follows a job that its machine has, until it has ended.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::end;
use super::executor::{Exit, Observed};
use super::prepare::config_of;
use super::tend::{Broken, Tending};
use crate::store::{JobEnd, JobNote, JobRecord, RunRecord, StoreError};

/// How many pieces of what was printed are kept before it is looked again how the job is doing.
const PIECES: usize = 16;
/// For how long the rest of what an ended job printed is fetched; and where somebody asked for its end.
const REST: Duration = Duration::from_secs(600);
const REST_OF_CANCELLED: Duration = Duration::from_secs(5);
/// How long what an ended job printed is left alone after each such number of pieces, which may be of a byte.
const BREATHER: Duration = Duration::from_millis(100);
/// How long a machine may take to answer before it is passed over for an end that somebody asks for.
const HURRY: Duration = Duration::from_secs(2);

/// How much of what a job printed is kept.
struct Output {
    /// In bytes.
    sent: u64,
    /// Whether more of it is: a log takes so much and no more.
    is_kept: bool,
}

/// What is known of a job after a look.
struct Seen {
    observed: Observed,
    is_news: bool,
    /// Whether all that it has printed by now is kept.
    is_all: bool,
}

impl Tending {
    /// Follows the job until it has ended.
    pub(super) async fn follow(&self, run: &RunRecord) -> Result<(), Broken> {
        let shop = Arc::clone(&self.shop);
        let Some(reference) = self.job.reference.clone() else {
            return Err(Broken::Again("a running job has no reference".to_owned()));
        };
        if self.job.cancel_requested_at.is_none() {
            tokio::select! {
                begun = shop.executor.begin(&reference) => begun?,
                cancelled = self.cancelled_meanwhile() => cancelled?,
            }
        }
        let mut output = Output { sent: self.job.log_sent, is_kept: true };
        let (mut is_asked, mut ended_at) = (false, None);
        let (fastest, slowest) = shop.executor.pace();
        let mut pause = fastest;
        loop {
            let seen = tokio::select! {
                seen = self.look(&reference, &mut output) => Some(seen?),
                cancelled = self.cancelled_meanwhile(), if !is_asked => cancelled.map(|()| None)?,
            };
            let was_cancelled = self.own_job().await?.cancel_requested_at.is_some();
            if let Some(Seen { observed, is_news, is_all }) = seen {
                pause = if is_news { fastest } else { (pause * 3 / 2).min(slowest) };
                if let Some(end) = self.end_of(observed, run, was_cancelled) {
                    let since = *ended_at.get_or_insert_with(Instant::now);
                    let patience = if was_cancelled { REST_OF_CANCELLED } else { REST };
                    if is_all || since.elapsed() > patience {
                        return self.finish(end).await;
                    }
                    sleep(BREATHER).await;
                    continue;
                }
            }
            if was_cancelled && !is_asked {
                shop.executor.cancel(&reference).await?;
                is_asked = true;
                pause = fastest;
            }
            self.pause(pause, was_cancelled).await?;
        }
    }

    /// The job as it is now.
    ///
    /// # Errors
    /// [`Broken::Left`] when it is for another server, or over.
    async fn own_job(&self) -> Result<JobRecord, Broken> {
        let job = self.shop.state.store().job(self.job.number).await?;
        let is_own = job.lease_owner == Some(self.shop.tender.owner) && !job.is_over();
        if is_own { Ok(job) } else { Err(Broken::Left) }
    }

    /// Looks how the job is doing and notes it; then keeps some of what it printed, for which its machine is asked again and
    /// may not answer.
    async fn look(&self, reference: &str, output: &mut Output) -> Result<Seen, Broken> {
        let observed = self.shop.executor.poll(reference).await?;
        let is_noted = self.note(&self.own_job().await?, &observed).await?;
        let before = output.sent;
        let is_all = match observed {
            Observed::Waiting(_) => true,
            Observed::Running | Observed::Ended(_) | Observed::Vanished => {
                self.keep_output(reference, output).await?
            }
        };
        Ok(Seen { observed, is_news: is_noted || before != output.sent, is_all })
    }

    /// Returns once the end of the job is asked for, and its machine has had a while to answer.
    async fn cancelled_meanwhile(&self) -> Result<(), Broken> {
        sleep(HURRY).await;
        self.cancelled().await
    }

    /// Notes what was observed of the job; gives whether that is news.
    async fn note(&self, job: &JobRecord, observed: &Observed) -> Result<bool, Broken> {
        let (store, owner) = (self.shop.state.store(), self.shop.tender.owner);
        let known = &job.note;
        let note = match observed {
            Observed::Running if job.started_at.is_none() => {
                store.begin_job(job.number, owner, crate::clock::now()).await?;
                return Ok(true);
            }
            Observed::Ended(Exit { began: Some(at), .. }) if job.started_at.is_none() => {
                store.begin_job(job.number, owner, *at).await?;
                return Ok(true);
            }
            Observed::Ended(_) | Observed::Vanished => return Ok(true),
            Observed::Waiting(waiting) if job.started_at.is_none() => JobNote {
                message: waiting.message.clone(),
                queue: waiting.queue.clone(),
                queued_since: waiting.since.map(|since| known.queued_since.unwrap_or(since)),
                unanswered_since: None,
            },
            // A machine that executes it may not know so for a moment.
            Observed::Waiting(_) | Observed::Running => {
                JobNote { queue: known.queue.clone(), ..JobNote::default() }
            }
        };
        if note == *known {
            return Ok(false);
        }
        store.note_job(job.number, owner, note).await?;
        Ok(true)
    }

    /// What is told of the end of the job; `None` before.
    fn end_of(&self, observed: Observed, run: &RunRecord, was_cancelled: bool) -> Option<JobEnd> {
        let limit = || config_of(run).and_then(|config| config.resources.wall_limit());
        match observed {
            Observed::Running | Observed::Waiting(_) => None,
            Observed::Ended(exit) => Some(end::ended(&exit, limit(), was_cancelled)),
            Observed::Vanished => Some(end::vanished(self.shop.kind, was_cancelled)),
        }
    }

    /// Appends what was printed to the log; gives whether that is all for now. A machine that always has more does not keep
    /// its follower from anything else.
    async fn keep_output(&self, reference: &str, output: &mut Output) -> Result<bool, Broken> {
        for _ in 0..PIECES {
            if !output.is_kept {
                return Ok(true);
            }
            let bytes = self.shop.executor.output(reference, output.sent).await?;
            if bytes.is_empty() {
                return Ok(true);
            }
            let (store, owner) = (self.shop.state.store(), self.shop.tender.owner);
            match store.append_job_log(self.job.number, owner, output.sent, bytes).await {
                Ok(length) => output.sent = length,
                Err(StoreError::Invalid { .. }) => output.is_kept = false,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(false)
    }
}
