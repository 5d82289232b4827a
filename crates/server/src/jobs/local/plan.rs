//! What the watcher of an attempt is told. It comes by its standard input, because there are secrets in it.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// What the watcher of an attempt is told.
#[derive(Serialize, Deserialize)]
pub(super) struct Plan {
    /// The command, for a shell.
    pub(super) command: String,
    /// Where it begins.
    pub(super) directory: PathBuf,
    /// All that its environment holds.
    pub(super) variables: Vec<(String, String)>,
    /// After how many seconds it is ended.
    pub(super) wall_seconds: Option<u64>,
    /// After how many seconds without a sign of a server it is ended; never for a run, whose work would be lost.
    #[serde(default)]
    pub(super) forgotten_seconds: Option<u64>,
    /// How many bytes of memory each process may have.
    pub(super) memory: Option<u64>,
    /// The virtual environment that is made first, unless it was made before.
    pub(super) environment: Option<EnvironmentPlan>,
}

/// A virtual environment of Python.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct EnvironmentPlan {
    /// Its folder; named for its content.
    pub(super) folder: PathBuf,
    /// The commands that make it, each with its arguments.
    pub(super) steps: Vec<Vec<String>>,
}
