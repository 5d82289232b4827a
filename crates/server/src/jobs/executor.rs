//! What executes runs: the machine of the server, or one that is asked over the network.

use std::fmt::Debug;
use std::path::PathBuf;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use models::backend_config::BackendConfig;
use models::id::RunId;
use models::time::UnixMillis;
use serde::{Deserialize, Serialize};

use crate::services::ProjectEnvironment;

/// An attempt to execute a run. It is submitted under its name, by which it is found again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Attempt {
    /// The run.
    pub run: RunId,
    /// Counts from 1.
    pub number: u64,
}

impl Attempt {
    /// Its name: the id of the run and the number, such as `0190…67-1`.
    #[must_use]
    pub fn name(self) -> String {
        format!("{}-{}", self.run.mlflow(), self.number)
    }

    /// The attempt of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let (run, number) = name.split_once('-')?;
        Some(Self { run: run.parse().ok()?, number: number.parse().ok()? })
    }
}

/// What is to be executed.
#[derive(Debug)]
pub struct Order {
    /// The attempt.
    pub attempt: Attempt,
    /// What the run is called.
    pub name: String,
    /// Where and how it is to be executed.
    pub config: BackendConfig,
    /// The account that the time of the machine is charged to.
    pub account: Option<String>,
    /// The folder of the MLproject file below the workspace; empty for the workspace itself. The command begins there.
    pub folder: String,
    /// The commit of the code.
    pub commit: String,
    /// The command, for a shell.
    pub command: String,
    /// What its environment holds. There are secrets in it.
    pub variables: Vec<(String, String)>,
    /// In what the MLproject file wants it executed.
    pub project_environment: ProjectEnvironment,
    /// In what the backend config wants it executed.
    pub python: PythonChoice,
    /// After what time it is ended.
    pub wall_limit: Option<Duration>,
    /// How many bytes of memory each of its processes may have.
    pub memory: Option<u64>,
}

/// Which Python a backend config asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PythonChoice {
    /// That of the MLproject file, or of the machine.
    Project,
    /// That of the virtual environment at an absolute path.
    At(String),
}

/// What an executor has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submitted {
    /// What the executor calls it.
    pub reference: String,
    /// Since when it is executed; `None` where it waits until it is told to begin, and then for its turn.
    pub at: Option<UnixMillis>,
}

/// Where an attempt is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Observed {
    /// It waits for its turn on the machine.
    Waiting(Waiting),
    /// It is being executed.
    Running,
    /// It has ended, with all that it started.
    Ended(Exit),
    /// The executor knows of it no more.
    Vanished,
}

/// Where an attempt waits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waiting {
    /// The queue, as the machine calls it.
    pub queue: Option<String>,
    /// Since when.
    pub since: Option<UnixMillis>,
    /// What the machine says about that.
    pub message: Option<String>,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exit {
    /// When it had begun, where that is known only now.
    #[serde(default)]
    pub began: Option<UnixMillis>,
    /// When.
    pub at: UnixMillis,
    /// The status of its command, unless a signal ended it.
    pub code: Option<i32>,
    /// The signal that ended its command.
    pub signal: Option<i32>,
    /// Why the executor ended it; `None` where it ended by itself.
    pub cause: Option<Cause>,
}

/// Why an executor ended an attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause {
    /// Somebody asked for it.
    Cancelled,
    /// It took longer than it may.
    Limit,
    /// It printed more than is kept.
    Output,
    /// The environment could not be made.
    Environment,
    /// It could not be started; says why.
    Start(String),
    /// The machine says that it failed or was ended; in its own words.
    Machine(String),
}

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// For people, with what to do.
    pub message: String,
    /// Whether it may work later.
    pub outlook: Outlook,
}

/// Whether something may work later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outlook {
    /// It may, and is worth some tries.
    Passing,
    /// It will not.
    Lasting,
    /// It will once a machine is back or a person has done something: that is waited for.
    Awaited,
}

impl Refusal {
    /// It may work later.
    pub fn passing(message: impl Into<String>) -> Self {
        Self { message: message.into(), outlook: Outlook::Passing }
    }

    /// Something must be done first.
    pub fn lasting(message: impl Into<String>) -> Self {
        Self { message: message.into(), outlook: Outlook::Lasting }
    }

    /// It will work once a machine is back or a person has done something.
    pub fn awaited(message: impl Into<String>) -> Self {
        Self { message: message.into(), outlook: Outlook::Awaited }
    }
}

/// What executes runs.
///
/// An attempt is submitted at most once, whenever the server ends: [`Executor::find`] says whether it was, and once it says
/// that it was not, it never will be. What only waits to be told to begin was not: [`Executor::begin`] is called once it is
/// written down what the executor calls it.
pub trait Executor: Debug + Send + Sync {
    /// Makes the empty place of an attempt; gives the path at which its code is to be written.
    ///
    /// # Errors
    /// [`Refusal`]; also when there was such a place before.
    fn make_workspace(&self, attempt: Attempt) -> Result<PathBuf, Refusal>;

    /// Has an attempt executed, under its name.
    ///
    /// # Errors
    /// [`Refusal`]; whether it was submitted all the same must then be asked.
    fn submit(&self, order: Order) -> BoxFuture<'_, Result<Submitted, Refusal>>;

    /// Has what was submitted begin, where submitting alone does not. May be repeated.
    ///
    /// # Errors
    /// [`Refusal`]
    fn begin<'a>(&'a self, _reference: &'a str) -> BoxFuture<'a, Result<(), Refusal>> {
        std::future::ready(Ok(())).boxed()
    }

    /// The attempt, if it was submitted. If it was not, it cannot be any more from now on.
    ///
    /// # Errors
    /// [`Refusal`], when it cannot be told just now.
    fn find(&self, attempt: Attempt) -> BoxFuture<'_, Result<Option<Submitted>, Refusal>>;

    /// Where an attempt is.
    ///
    /// # Errors
    /// [`Refusal`], when it cannot be told just now.
    fn poll<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<Observed, Refusal>>;

    /// Asks for the end of an attempt; that it has ended is seen by [`Executor::poll`]. May be repeated.
    ///
    /// # Errors
    /// [`Refusal`]
    fn cancel<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<(), Refusal>>;

    /// Some of what an attempt printed, from a byte on; empty when there is no more yet.
    ///
    /// # Errors
    /// [`Refusal`]
    fn output<'a>(&'a self, reference: &'a str, offset: u64) -> BoxFuture<'a, Result<Vec<u8>, Refusal>>;

    /// How often at least and at most it is asked how an attempt is doing: the less, the longer nothing changes.
    fn pace(&self) -> (Duration, Duration);

    /// Lets what is left of an ended attempt go. What cannot be let go now is the matter of [`Executor::leftovers`].
    fn forget(&self, attempt: Attempt) -> BoxFuture<'_, ()>;

    /// The attempts of which something is left.
    fn leftovers(&self) -> BoxFuture<'_, Vec<Attempt>>;
}
