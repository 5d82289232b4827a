//! Has attempts executed by the sites that their backend configs name.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

use super::archive::{self, archive};
use super::description::description;
use super::exclude::Exclude;
use super::outcome::observed;
use super::output::printed;
use super::reference::Reference;
use super::script::{self, script};
use super::session::{Session, Sessions};
use crate::AppState;
use crate::jobs::{Attempt, Executor, Observed, Order, Refusal, Submitted};
use crate::unicore::{Job, JobStatus, SiteError};

/// How often a site is asked about a job: at first, and in the end. Sites themselves look every half minute or so.
const PACE: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(20));

/// How many jobs of one attempt are looked at: there is one, and what a site lists besides is none of ours.
const MOST_FOUND: usize = 10;
/// How long a site may take for what is asked of it about a job, in however many questions; for taking a job with its
/// code; and for deleting what never begins, for which somebody may be waiting.
const QUESTIONS: Duration = Duration::from_secs(90);
const SUBMISSION: Duration = Duration::from_secs(15 * 60);
const TIDYING: Duration = Duration::from_secs(10);

/// The sites of UNICORE.
#[derive(Debug)]
pub struct Unicore {
    sessions: Sessions,
    /// Where code lies until it is sent.
    attempts: PathBuf,
    /// The jobs as they were seen last.
    seen: Mutex<HashMap<Attempt, Job>>,
}

impl Unicore {
    /// Code lies in the data folder until it is sent.
    #[must_use]
    pub fn new(state: AppState, data: &Path) -> Self {
        Self { sessions: Sessions::new(state), attempts: data.join("sent"), seen: Mutex::default() }
    }

    fn folder(&self, attempt: Attempt) -> PathBuf {
        self.attempts.join(attempt.name())
    }

    async fn send(&self, order: Order) -> Result<Submitted, Refusal> {
        let attempt = order.attempt;
        let session = self.sessions.of(attempt.run).await?;
        let folder = self.folder(attempt);
        let exclude = Exclude::new(&order.config.exclude, &order.folder);
        let packed = blocking(move || archive(&folder, &exclude).map_err(too_large)).await?;
        let site = &session.site;
        let id = site.create(&description(&order)).await.map_err(|error| not_made(&session, error))?;
        let unanswered = |error| session.refusal(&error);
        let job = site.job(&id).await.map_err(unanswered)?;
        // A site that names another job than the one that it made would have somebody else's begin.
        if job.tags.is_some() && !job.has_tag(&attempt.name()) {
            return Err(session.refusal(&SiteError::Odd));
        }
        let storage = job.folder.ok_or_else(|| session.refusal(&SiteError::Odd))?;
        let text = script(&order);
        site.write(&storage, script::CODE, packed.into()).await.map_err(unanswered)?;
        site.write(&storage, script::NAME, text.into()).await.map_err(unanswered)?;
        self.clear(attempt).await;
        Ok(Submitted { reference: Reference { attempt, id }.text(), at: None })
    }

    /// Tells a job to begin, unless it has.
    async fn start(&self, reference: &str) -> Result<(), Refusal> {
        let Reference { attempt, id } = Reference::read(reference)?;
        let session = self.sessions.of(attempt.run).await?;
        let job = match session.site.job(&id).await {
            // Asking about it will tell.
            Err(SiteError::Missing) => return Ok(()),
            other => other.map_err(|error| session.refusal(&error))?,
        };
        if job.status != JobStatus::Ready {
            return Ok(());
        }
        let Err(error) = session.site.start(&id).await else { return Ok(()) };
        // It may have begun meanwhile, where it was told so before.
        match session.site.job(&id).await {
            Ok(job) if job.status != JobStatus::Ready => Ok(()),
            Ok(_) | Err(_) => Err(session.refusal(&error)),
        }
    }

    /// Deletes what an attempt has left at its site that was never told to begin, if it says itself what it is. What cannot
    /// be deleted now never begins all the same, and sites clear it away.
    async fn discard(&self, attempt: Attempt) -> Result<(), Refusal> {
        let session = self.sessions.of(attempt.run).await?;
        let refused = |error| session.refusal(&error);
        let name = attempt.name();
        for id in session.site.tagged(&name).await.map_err(refused)?.into_iter().take(MOST_FOUND) {
            let job = session.site.job(&id).await.map_err(refused)?;
            if job.status == JobStatus::Ready && job.has_tag(&name) {
                session.site.delete(&id).await.map_err(refused)?;
            }
        }
        Ok(())
    }

    async fn look(&self, reference: &str) -> Result<Observed, Refusal> {
        let Reference { attempt, id } = Reference::read(reference)?;
        let session = self.sessions.of(attempt.run).await?;
        match session.site.job(&id).await {
            Ok(job) => {
                let observed = observed(&job, crate::clock::now());
                self.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(attempt, job);
                Ok(observed)
            }
            // A gateway says the same of a site that is being maintained.
            Err(SiteError::Missing) => match session.site.check_role().await {
                Ok(()) => Ok(Observed::Vanished),
                Err(error) => Err(session.refusal(&error)),
            },
            Err(error) => Err(session.refusal(&error)),
        }
    }

    async fn abort(&self, reference: &str) -> Result<(), Refusal> {
        let Reference { attempt, id } = Reference::read(reference)?;
        let session = self.sessions.of(attempt.run).await?;
        match session.site.abort(&id).await {
            Ok(()) | Err(SiteError::Missing) => Ok(()),
            Err(error) => Err(session.refusal(&error)),
        }
    }

    async fn read(&self, reference: &str, offset: u64) -> Result<Vec<u8>, Refusal> {
        let Reference { attempt, .. } = Reference::read(reference)?;
        let session = self.sessions.of(attempt.run).await?;
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner).get(&attempt).cloned();
        // Where the job was not seen, it vanished, and its files with it.
        let Some(Job { status, folder: Some(folder), .. }) = seen else { return Ok(Vec::new()) };
        let has_failed = status == JobStatus::Failed;
        let read = printed(&session.site, &folder, offset, has_failed).await;
        match read {
            // The folder may be cleared away before the job is.
            Err(SiteError::Missing | SiteError::Refused(_)) => Ok(Vec::new()),
            other => other.map_err(|error| session.refusal(&error)),
        }
    }

    /// Deletes the code that was sent.
    async fn clear(&self, attempt: Attempt) {
        let folder = self.folder(attempt);
        let delete = move || {
            if let Err(error) = std::fs::remove_dir_all(folder)
                && error.kind() != std::io::ErrorKind::NotFound
            {
                tracing::warn!(%error, "cannot delete the code of a run");
            }
            Ok(())
        };
        let _ = blocking(delete).await;
    }
}

/// Why a site did not make a job.
fn not_made(session: &Session, error: SiteError) -> Refusal {
    let host = session.site.host();
    match error {
        SiteError::Refused(words) => {
            Refusal::lasting(format!("{host} does not take the run. It says: {words}."))
        }
        SiteError::Failed(words) => {
            Refusal::passing(format!("{host} does not take the run. It says: {words}."))
        }
        SiteError::Unanswered | SiteError::Denied | SiteError::Missing | SiteError::Odd => {
            session.refusal(&error)
        }
    }
}

fn too_large(error: std::io::Error) -> Refusal {
    if error.kind() != std::io::ErrorKind::FileTooLarge {
        return Refusal::passing(format!("The code cannot be packed: {error}."));
    }
    Refusal::lasting(format!(
        "The code has more than {} MB when it is packed. Name in `Exclude` what the run does not need.",
        archive::MOST / 1_000_000
    ))
}

impl Executor for Unicore {
    fn make_workspace(&self, attempt: Attempt) -> Result<PathBuf, Refusal> {
        let broken =
            |error: std::io::Error| Refusal::passing(format!("The code cannot be written: {error}."));
        std::fs::create_dir_all(&self.attempts).map_err(broken)?;
        let folder = self.folder(attempt);
        match folder.try_exists().map_err(broken)? {
            true => Err(Refusal::passing("The code of this attempt is there already.")),
            false => Ok(folder),
        }
    }

    fn submit(&self, order: Order) -> BoxFuture<'_, Result<Submitted, Refusal>> {
        within(SUBMISSION, self.send(order)).boxed()
    }

    fn begin<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<(), Refusal>> {
        within(QUESTIONS, self.start(reference)).boxed()
    }

    fn find(&self, attempt: Attempt) -> BoxFuture<'_, Result<Option<Submitted>, Refusal>> {
        async move {
            if let Err(refusal) = within(TIDYING, self.discard(attempt)).await {
                tracing::info!(%refusal, attempt = attempt.name(), "left a job at its site that never begins");
            }
            Ok(None)
        }
        .boxed()
    }

    fn poll<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<Observed, Refusal>> {
        within(QUESTIONS, self.look(reference)).boxed()
    }

    fn cancel<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<(), Refusal>> {
        within(QUESTIONS, self.abort(reference)).boxed()
    }

    fn output<'a>(&'a self, reference: &'a str, offset: u64) -> BoxFuture<'a, Result<Vec<u8>, Refusal>> {
        within(QUESTIONS, self.read(reference, offset)).boxed()
    }

    fn pace(&self) -> (Duration, Duration) {
        PACE
    }

    /// The job stays at its site, with what it has left in its folder, until the site clears it away.
    fn forget(&self, attempt: Attempt) -> BoxFuture<'_, ()> {
        async move {
            self.sessions.forget(attempt.run);
            self.seen.lock().unwrap_or_else(PoisonError::into_inner).remove(&attempt);
            self.clear(attempt).await;
        }
        .boxed()
    }

    fn leftovers(&self) -> BoxFuture<'_, Vec<Attempt>> {
        let attempts = self.attempts.clone();
        let list = move || {
            let entries = std::fs::read_dir(attempts).into_iter().flatten().flatten();
            Ok(entries.filter_map(|entry| Attempt::named(entry.file_name().to_str()?)).collect())
        };
        blocking(list).map(Result::unwrap_or_default).boxed()
    }
}

/// What comes of something that a site is asked for, if it does not take too long.
async fn within<T>(total: Duration, work: impl Future<Output = Result<T, Refusal>>) -> Result<T, Refusal> {
    let slow = |_| Err(Refusal::awaited("The site takes longer to answer than is waited for."));
    tokio::time::timeout(total, work).await.unwrap_or_else(slow)
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Refusal::passing(error.to_string()))?
}
