//! Has attempts executed by watchers, and reads what these leave.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use tokio::io::AsyncWriteExt as _;
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep};

use super::folder::{Folder, Started};
use super::plan::Plan;
use super::processes::kill_marked;
use super::python::{python_of, search_path};
use crate::jobs::{Attempt, Executor, Observed, Order, Refusal, Submitted};

/// How long a watcher may take to begin.
const BEGIN: Duration = Duration::from_secs(30);
/// After what time environments that no run has begun with are deleted.
const UNUSED: Duration = Duration::from_secs(60 * 24 * 3_600);
const LOOK: Duration = Duration::from_millis(20);
/// How often it is looked how an attempt is doing.
const WATCH: Duration = Duration::from_millis(500);
/// After what time without a server a model is served no more.
const FORGOTTEN: Duration = Duration::from_secs(15 * 60);
/// The variable that has the id of the deployment in the environment of what serves a model.
pub const MODEL_MARK: &str = "MANTIK_DEPLOYMENT_ID";

/// The machine of this server.
#[derive(Debug)]
pub struct Local {
    attempts: PathBuf,
    environments: PathBuf,
    program: PathBuf,
    /// The variable that has the id of what an attempt executes in the environment of all its processes.
    mark: &'static str,
    /// After what time without a server an attempt is ended.
    forgotten: Option<Duration>,
}

impl Local {
    /// Executes runs. Attempts have their folders in the data folder; `program` is this server's.
    #[must_use]
    pub fn new(data: &Path, program: PathBuf) -> Self {
        let (attempts, environments) = (data.join("jobs"), data.join("environments"));
        Self { attempts, environments, program, mark: "MANTIK_RUN_ID", forgotten: None }
    }

    /// Serves deployed models: the id of an attempt is that of the deployment. What is served is of no use without a
    /// server, and ends when none has come back for long.
    #[must_use]
    pub fn of_models(data: &Path, program: PathBuf) -> Self {
        let attempts = data.join("serving");
        Self { attempts, mark: MODEL_MARK, forgotten: Some(FORGOTTEN), ..Self::new(data, program) }
    }

    fn folder(&self, name: &str) -> Folder {
        Folder::new(self.attempts.join(name))
    }

    async fn have_executed(&self, order: Order) -> Result<Submitted, Refusal> {
        let folder = self.folder(&order.attempt.name());
        let (place, environments) = (folder.clone(), self.environments.clone());
        let reference = order.attempt.name();
        let forgotten = self.forgotten.map(|time| time.as_secs());
        let plan = blocking(move || {
            place.note_sight().map_err(broken)?;
            Ok(Plan { forgotten_seconds: forgotten, ..plan(order, &place, &environments)? })
        });
        let plan = plan.await?;
        let mut child = self.start(&folder, &plan).await.map_err(broken)?;
        let until = Instant::now() + BEGIN;
        loop {
            // Asked before the file is, which is written before it ends.
            let has_ended = child.try_wait().map_err(broken)?.is_some();
            match folder.started().map_err(broken)? {
                Some(Started::At(at)) => return Ok(Submitted { reference, at: Some(at) }),
                Some(Started::Abandoned) => return Err(Refusal::passing("The start was given up.")),
                None if has_ended || Instant::now() > until => {
                    let words = std::fs::read_to_string(folder.watcher_output()).unwrap_or_default();
                    tracing::error!(words = %words.trim().escape_debug(), "the watcher of a run did not begin");
                    return Err(Refusal::passing("The run could not be started. The server's log says why."));
                }
                None => sleep(LOOK).await,
            }
        }
    }

    async fn start(&self, folder: &Folder, plan: &Plan) -> std::io::Result<Child> {
        let words = std::fs::File::create(folder.watcher_output())?;
        let mut command = Command::new(&self.program);
        command.arg0("mantik-server").arg("watch").arg(folder.path()).current_dir(folder.path());
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.stdin(Stdio::piped()).stdout(words.try_clone()?).stderr(words);
        let mut child = command.spawn()?;
        if let Some(mut input) = child.stdin.take() {
            let told = input.write_all(&serde_json::to_vec(plan)?).await;
            // It may have found that there is nothing to do.
            if told.is_err() {
                tracing::debug!("the watcher of a run did not listen to the end");
            }
        }
        Ok(child)
    }
}

/// What the watcher is told.
fn plan(order: Order, folder: &Folder, environments: &Path) -> Result<Plan, Refusal> {
    let python = python_of(&order, folder, environments)?;
    let directory = folder.code().join(&order.folder);
    if !order.commit.is_empty() {
        folder.print(&format!("Commit {}", order.commit)).map_err(broken)?;
    }
    let mut own = vec![
        ("PATH", search_path(&python.programs).to_string_lossy().into_owned()),
        ("HOME", folder.home().to_string_lossy().into_owned()),
        ("TMPDIR", folder.scratch().to_string_lossy().into_owned()),
        ("LANG", "C.UTF-8".to_owned()),
        ("PYTHONUNBUFFERED", "1".to_owned()),
        ("MANTIK_WORKING_DIRECTORY", directory.to_string_lossy().into_owned()),
    ];
    own.extend(python.environment.map(|path| ("VIRTUAL_ENV", path.to_string_lossy().into_owned())));
    let mut variables = order.variables;
    variables.retain(|(name, _)| !own.iter().any(|(own, _)| own == name));
    variables.extend(own.into_iter().map(|(name, value)| (name.to_owned(), value)));
    Ok(Plan {
        command: order.command,
        directory,
        variables,
        wall_seconds: order.wall_limit.map(|limit| limit.as_secs()),
        forgotten_seconds: None,
        memory: order.memory,
        environment: python.plan,
    })
}

impl Executor for Local {
    fn make_workspace(&self, attempt: Attempt) -> Result<PathBuf, Refusal> {
        let folder = self.folder(&attempt.name());
        folder.make().map_err(broken)?;
        Ok(folder.code())
    }

    fn submit(&self, order: Order) -> BoxFuture<'_, Result<Submitted, Refusal>> {
        self.have_executed(order).boxed()
    }

    fn find(&self, attempt: Attempt) -> BoxFuture<'_, Result<Option<Submitted>, Refusal>> {
        let folder = self.folder(&attempt.name());
        let find = move || {
            if !folder.path().exists() {
                match folder.make() {
                    Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
                        return Err(broken(error));
                    }
                    Ok(()) | Err(_) => {}
                }
            }
            match folder.decide(&Started::Abandoned).map_err(broken)?.0 {
                Started::At(at) => Ok(Some(Submitted { reference: attempt.name(), at: Some(at) })),
                Started::Abandoned => Ok(None),
            }
        };
        blocking(find).boxed()
    }

    fn poll<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<Observed, Refusal>> {
        let folder = self.folder(reference);
        let mark = Attempt::named(reference).map(|attempt| format!("{}={}", self.mark, attempt.run));
        let poll = move || {
            if !folder.path().exists() {
                return Ok(Observed::Vanished);
            }
            folder.note_sight().map_err(broken)?;
            let is_watched = folder.lock().map_err(broken)?.is_none();
            match folder.exit().map_err(broken)? {
                Some(exit) if !is_watched => Ok(Observed::Ended(exit)),
                None if !is_watched => {
                    if let Some(mark) = mark {
                        kill_marked(&mark);
                    }
                    Ok(Observed::Vanished)
                }
                Some(_) | None => Ok(Observed::Running),
            }
        };
        blocking(poll).boxed()
    }

    fn cancel<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<(), Refusal>> {
        let folder = self.folder(reference);
        blocking(move || folder.ask_for_end().map_err(broken)).boxed()
    }

    fn output<'a>(&'a self, reference: &'a str, offset: u64) -> BoxFuture<'a, Result<Vec<u8>, Refusal>> {
        let folder = self.folder(reference);
        blocking(move || folder.printed(offset).map_err(broken)).boxed()
    }

    fn pace(&self) -> (Duration, Duration) {
        (WATCH, WATCH)
    }

    fn forget(&self, attempt: Attempt) -> BoxFuture<'_, ()> {
        let folder = self.folder(&attempt.name());
        let forget = move || {
            if let Err(error) = std::fs::remove_dir_all(folder.path())
                && error.kind() != std::io::ErrorKind::NotFound
            {
                tracing::warn!(%error, "cannot delete the folder of a run");
            }
            Ok(())
        };
        blocking(forget).map(drop).boxed()
    }

    fn leftovers(&self) -> BoxFuture<'_, Vec<Attempt>> {
        let (attempts, environments) = (self.attempts.clone(), self.environments.clone());
        let list = move || {
            delete_unused(&environments);
            let entries = std::fs::read_dir(attempts).into_iter().flatten().flatten();
            Ok(entries.filter_map(|entry| Attempt::named(entry.file_name().to_str()?)).collect())
        };
        blocking(list).map(Result::unwrap_or_default).boxed()
    }
}

/// Deletes the environments that no run has begun with for long. What cannot be deleted now is tried again the next time.
fn delete_unused(environments: &Path) {
    for entry in std::fs::read_dir(environments).into_iter().flatten().flatten() {
        let path = entry.path();
        let used = path.join("ready").metadata().and_then(|data| data.modified());
        let is_unused = used.is_ok_and(|used| used.elapsed().is_ok_and(|age| age > UNUSED));
        if is_unused
            && let Ok(lock) = std::fs::File::options().append(true).open(path.with_extension("lock"))
            && lock.try_lock().is_ok()
        {
            let _ = std::fs::remove_dir_all(&path);
        }
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Refusal::passing(error.to_string()))?
}

fn broken(error: std::io::Error) -> Refusal {
    Refusal::passing(format!("The folder of the run cannot be used: {error}."))
}
