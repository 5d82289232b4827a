//! Follows a job that its machine has, until it has ended.

use std::sync::Arc;

use super::end;
use super::executor::{Exit, Observed};
use super::prepare::config_of;
use super::tend::{Broken, Tending};
use crate::store::{JobEnd, JobNote, JobRecord, RunRecord, StoreError};

impl Tending {
    /// Follows the job until it has ended.
    pub(super) async fn follow(&self, run: &RunRecord) -> Result<(), Broken> {
        let shop = Arc::clone(&self.shop);
        let Some(reference) = self.job.reference.clone() else {
            return Err(Broken::Again("a running job has no reference".to_owned()));
        };
        if self.job.cancel_requested_at.is_none() {
            shop.executor.begin(&reference).await?;
        }
        let mut sent = Some(self.job.log_sent);
        let mut is_asked = false;
        let (fastest, slowest) = shop.executor.pace();
        let mut pause = fastest;
        loop {
            let observed = shop.executor.poll(&reference).await?;
            let job = shop.state.store().job(self.job.number).await?;
            if job.lease_owner != Some(shop.tender.owner) || job.is_over() {
                return Err(Broken::Left);
            }
            // First, so that nothing is printed by what has not begun, even if its machine cannot be asked any more.
            let mut is_news = self.note(&job, &observed).await?;
            if !matches!(observed, Observed::Waiting(_)) {
                let before = sent;
                sent = self.keep_output(&reference, sent).await?;
                is_news |= before != sent;
            }
            let was_cancelled = job.cancel_requested_at.is_some();
            pause = if is_news { fastest } else { (pause * 3 / 2).min(slowest) };
            match observed {
                Observed::Running | Observed::Waiting(_) if was_cancelled && !is_asked => {
                    shop.executor.cancel(&reference).await?;
                    is_asked = true;
                    pause = fastest;
                }
                Observed::Running | Observed::Waiting(_) => {}
                Observed::Ended(exit) => return self.finish(self.end_of(&exit, run, was_cancelled)).await,
                Observed::Vanished => return self.finish(end::vanished(shop.kind, was_cancelled)).await,
            }
            self.pause(pause, was_cancelled).await?;
        }
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

    fn end_of(&self, exit: &Exit, run: &RunRecord, was_cancelled: bool) -> JobEnd {
        let limit = config_of(run).and_then(|config| config.resources.wall_limit());
        end::ended(exit, limit, was_cancelled)
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
}
