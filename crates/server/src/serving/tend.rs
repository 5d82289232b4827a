//! Sees to one deployment for as long as it is to be served.

use std::sync::Arc;
use std::time::Duration;

use models::deployment::{DeploymentInformation, DeploymentStatus};
use models::id::DeploymentId;
use models::time::UnixMillis;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, timeout};

use super::backoff::{self, Next};
use super::keep::{Host, attempt};
use super::prepare::{prepare, wanted};
use super::{ready, words};
use crate::jobs::{Cause, Executor as _, Exit, Observed, Outlook, Refusal, Submitted};
use crate::store::{ServingRecord, ServingState, Store, StoreError};

/// How often it is looked how the processes are doing, unless something becomes known.
const WATCH: Duration = Duration::from_millis(500);
/// How often it is asked whether they answer, once they have.
const PING: Duration = Duration::from_secs(10);
/// For how long they may not answer once they have: a model may think for a while about what it is asked.
const SILENCE: Duration = Duration::from_secs(180);
/// How long after an error of the database or the executor it is tried again.
const PAUSE: Duration = Duration::from_secs(2);

/// One deployment.
pub(super) struct Tending {
    pub(super) host: Arc<Host>,
    pub(super) id: DeploymentId,
    /// Told when something becomes known that may be about it.
    pub(super) news: Arc<Notify>,
}

/// Why seeing to a deployment ends here.
pub(super) enum Broken {
    /// Another server has it now, or it is over.
    Left,
    /// It was deleted.
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

/// What is remembered of the attempt that is followed.
#[derive(Default)]
struct Followed {
    is_asked_to_end: bool,
    /// Why this server had it end, where nobody wanted that.
    verdict: Option<Verdict>,
    answered_at: Option<Instant>,
    pinged_at: Option<Instant>,
}

#[derive(Clone)]
enum Verdict {
    /// It did not answer in time.
    Late(Duration),
    /// It answered no more.
    Silent,
}

impl Tending {
    /// Returns once the deployment is not to be served any more, or is for another server, or this one ends. `number` is
    /// that of the attempt that is known.
    pub(super) async fn run(self, number: u64) {
        let shutdown = self.host.state.shutdown().clone();
        let mut number = number;
        loop {
            let step = shutdown.run_until_cancelled(self.go_on(&mut number)).await;
            match step {
                None => {
                    // What is served is of no use without the server. The watcher sees to the rest.
                    let _ = self.host.executor.cancel(&attempt(self.id, number).name()).await;
                    break;
                }
                Some(Ok(()) | Err(Broken::Left)) => break,
                Some(Err(Broken::Deleted)) => {
                    self.host.state.egress().served().remove(self.id);
                    return self.host.let_go(attempt(self.id, number)).await;
                }
                Some(Err(Broken::Again(reason))) => {
                    tracing::warn!(deployment = %self.id, reason, "cannot see to a deployment just now");
                    if shutdown.run_until_cancelled(sleep(PAUSE)).await.is_none() {
                        break;
                    }
                }
            }
        }
        self.host.state.egress().served().remove(self.id);
    }

    pub(super) fn store(&self) -> &Store {
        self.host.state.store()
    }

    async fn serving(&self) -> Result<ServingRecord, Broken> {
        let serving = self.store().serving(self.id).await?;
        if serving.lease_owner != self.host.tender.owner || serving.state == ServingState::Ended {
            return Err(Broken::Left);
        }
        Ok(serving)
    }

    fn is_wanted(&self, serving: &ServingRecord) -> bool {
        serving.is_wanted && self.host.is_allowed
    }

    /// Whether its present attempt is to end.
    fn must_end(&self, serving: &ServingRecord) -> bool {
        serving.is_ending || !self.is_wanted(serving)
    }

    async fn go_on(&self, number: &mut u64) -> Result<(), Broken> {
        loop {
            let serving = self.serving().await?;
            *number = serving.attempt;
            match serving.state {
                ServingState::Waiting if !self.is_wanted(&serving) => return self.stopped(&serving).await,
                ServingState::Waiting => {
                    let wait = serving.not_before.millis_since(crate::clock::now());
                    if wait > 0 {
                        let _ =
                            timeout(Duration::from_millis(wait.unsigned_abs()), self.news.notified()).await;
                    } else {
                        self.begin(&serving, number).await?;
                    }
                }
                ServingState::Submitting => self.find(&serving).await?,
                ServingState::Running => self.follow(&serving).await?,
                ServingState::Ended => return Ok(()),
            }
        }
    }

    /// Starts an attempt, or notes why that cannot be.
    async fn begin(&self, serving: &ServingRecord, number: &mut u64) -> Result<(), Broken> {
        let port = ready::free_port().map_err(|error| Broken::Again(error.to_string()))?;
        let owner = self.host.tender.owner;
        let starting = self.store().begin_serving(self.id, owner, port).await?;
        *number = starting.attempt;
        let attempt = attempt(self.id, starting.attempt);
        let prepared = tokio::select! {
            prepared = prepare(&self.host, serving.project_id, &starting.deployment, attempt, port) => prepared,
            unwanted = self.unwanted() => {
                unwanted?;
                Err(Refusal::lasting(""))
            }
        };
        let submitted = match prepared {
            Ok(order) => self.host.executor.submit(order).await,
            Err(refusal) => Err(refusal),
        };
        match submitted {
            Ok(submitted) => self.started(submitted).await,
            // Some of it may have been done; the executor knows.
            Err(refusal) => match self.host.executor.find(attempt).await? {
                Some(submitted) => self.started(submitted).await,
                None => self.refuse(refusal).await,
            },
        }
    }

    async fn started(&self, submitted: Submitted) -> Result<(), Broken> {
        let at = submitted.at.unwrap_or_else(crate::clock::now);
        Ok(self.store().serving_started(self.id, self.host.tender.owner, at).await?)
    }

    /// Returns once its present attempt is to end.
    async fn unwanted(&self) -> Result<(), Broken> {
        while !self.must_end(&self.serving().await?) {
            let _ = timeout(PAUSE, self.news.notified()).await;
        }
        Ok(())
    }

    /// The attempt of a server that ended, or whose executor gave no clear answer; begun anew when there is none.
    async fn find(&self, serving: &ServingRecord) -> Result<(), Broken> {
        let attempt = attempt(self.id, serving.attempt);
        if let Some(submitted) = self.host.executor.find(attempt).await? {
            return self.started(submitted).await;
        }
        self.again(serving, crate::clock::now(), serving.failures, None).await
    }

    /// Notes that an attempt could not be started.
    async fn refuse(&self, refusal: Refusal) -> Result<(), Broken> {
        let serving = self.serving().await?;
        if !self.is_wanted(&serving) {
            return self.stopped(&serving).await;
        }
        if serving.is_ending {
            return self.again(&serving, crate::clock::now(), serving.failures, None).await;
        }
        match refusal.outlook {
            Outlook::Passing | Outlook::Awaited => self.failed(&serving, refusal.message).await,
            Outlook::Lasting => self.finish(&serving, DeploymentStatus::Failed, Some(refusal.message)).await,
        }
    }

    /// Follows an attempt until it has ended, and notes what comes next.
    async fn follow(&self, serving: &ServingRecord) -> Result<(), Broken> {
        let reference = attempt(self.id, serving.attempt).name();
        let mut followed = Followed::default();
        let mut sent = serving.log_sent;
        loop {
            let observed = self.host.executor.poll(&reference).await?;
            sent = self.keep_output(&reference, sent).await?;
            let serving = self.serving().await?;
            match observed {
                Observed::Waiting(_) | Observed::Running => {
                    self.look_after(&serving, &reference, &mut followed).await?
                }
                Observed::Ended(exit) => return self.ended(&serving, Some(&exit), followed.verdict).await,
                Observed::Vanished => return self.ended(&serving, None, followed.verdict).await,
            }
            let _ = timeout(WATCH, self.news.notified()).await;
        }
    }

    /// Has an attempt end that is not wanted, or does not answer; notes that it does.
    async fn look_after(
        &self,
        serving: &ServingRecord,
        reference: &str,
        followed: &mut Followed,
    ) -> Result<(), Broken> {
        if followed.is_asked_to_end {
            return Ok(());
        }
        let must_end = self.must_end(serving);
        if !must_end {
            followed.verdict = self.check(serving, followed).await?;
        }
        if followed.verdict.is_some() || must_end {
            self.host.state.egress().served().remove(self.id);
            self.host.executor.cancel(reference).await?;
            followed.is_asked_to_end = true;
        }
        Ok(())
    }

    /// Asks whether it answers, when it is time to.
    async fn check(
        &self,
        serving: &ServingRecord,
        followed: &mut Followed,
    ) -> Result<Option<Verdict>, Broken> {
        let served = self.host.state.egress().served();
        let Some(port) = serving.port else { return Ok(None) };
        let is_known = served.has(self.id);
        if is_known && followed.pinged_at.is_some_and(|at| at.elapsed() < PING) {
            return Ok(None);
        }
        followed.pinged_at = Some(Instant::now());
        if let Some(inode) = ready::own_socket(self.id, port).await
            && ready::answers(&self.host.state, port).await
        {
            followed.answered_at = Some(Instant::now());
            served.put(self.id, port, inode);
            if serving.ready_at.is_none() {
                self.store().serving_ready(self.id, self.host.tender.owner).await?;
            }
            return Ok(None);
        }
        if serving.ready_at.is_some() {
            let since = *followed.answered_at.get_or_insert_with(Instant::now);
            return Ok((since.elapsed() >= SILENCE).then_some(Verdict::Silent));
        }
        let deployment: DeploymentInformation = self.store().owned(serving.project_id, self.id).await?;
        let limit = wanted(&deployment)?.start_limit;
        let began = serving.started_at.unwrap_or(UnixMillis(0));
        let took = Duration::from_millis(crate::clock::now().millis_since(began).max(0).unsigned_abs());
        Ok((took >= limit).then_some(Verdict::Late(limit)))
    }

    /// Notes what comes of an attempt that has ended.
    async fn ended(
        &self,
        serving: &ServingRecord,
        exit: Option<&Exit>,
        verdict: Option<Verdict>,
    ) -> Result<(), Broken> {
        self.host.state.egress().served().remove(self.id);
        if !self.is_wanted(serving) {
            return self.stopped(serving).await;
        }
        let cause = exit.and_then(|exit| exit.cause.as_ref());
        match (verdict, cause) {
            (Some(Verdict::Late(limit)), _) => {
                let reason = self.with_log(serving, &words::late(limit)).await?;
                self.finish(serving, DeploymentStatus::Failed, Some(reason)).await
            }
            (Some(Verdict::Silent), _) => {
                let reason = format!("It did not answer for {} seconds.", SILENCE.as_secs());
                self.failed(serving, reason).await
            }
            (None, Some(Cause::Environment | Cause::Start(_))) => {
                let reason = self.with_log(serving, &words::ended(exit)).await?;
                self.finish(serving, DeploymentStatus::Failed, Some(reason)).await
            }
            // It was stopped and is wanted again, or the server ended.
            (None, Some(Cause::Cancelled)) => {
                self.again(serving, crate::clock::now(), serving.failures, None).await
            }
            (None, Some(Cause::Output | Cause::Limit | Cause::Machine(_)) | None) => {
                self.failed(serving, words::ended(exit)).await
            }
        }
    }

    /// Has it started again a little later, or gives it up.
    async fn failed(&self, serving: &ServingRecord, reason: String) -> Result<(), Broken> {
        let now = crate::clock::now();
        match backoff::next(serving.failures, serving.ready_at, now) {
            Next::Again { wait, failures } => {
                let seconds = wait / 1000;
                let reason = format!(
                    "{reason} It is started again after {seconds} s: this was end {failures} of {}.",
                    backoff::allowed()
                );
                self.again(serving, UnixMillis(now.0 + wait), failures, Some(reason)).await
            }
            Next::GiveUp(failures) => {
                let reason =
                    format!("{reason} It ended by itself {failures} times and is not started again.");
                let reason = self.with_log(serving, &reason).await?;
                self.finish(serving, DeploymentStatus::Failed, Some(reason)).await
            }
        }
    }

    async fn again(
        &self,
        serving: &ServingRecord,
        not_before: UnixMillis,
        failures: u64,
        reason: Option<String>,
    ) -> Result<(), Broken> {
        let owner = self.host.tender.owner;
        self.store().restart_serving(self.id, owner, not_before, failures, reason).await?;
        self.host.executor.forget(attempt(self.id, serving.attempt)).await;
        Ok(())
    }

    async fn stopped(&self, serving: &ServingRecord) -> Result<(), Broken> {
        let reason = (!self.host.is_allowed)
            .then(|| "The server was started without --local-executor, and serves no models.".to_owned());
        self.finish(serving, DeploymentStatus::Stopped, reason).await
    }

    async fn finish(
        &self,
        serving: &ServingRecord,
        status: DeploymentStatus,
        reason: Option<String>,
    ) -> Result<(), Broken> {
        self.store().end_serving(self.id, self.host.tender.owner, status, reason).await?;
        self.host.executor.forget(attempt(self.id, serving.attempt)).await;
        Ok(())
    }
}
