//! The code of a run, written into a folder.

use std::path::Path;

use models::code::{CodeRepository, MlProject};

use super::code_contents::{ML_PROJECT, authorization, project_folder};
use super::mlproject::{self, ProjectEnvironment};
use crate::error::Error;
use crate::git::{GitError, Mirror, Remote};
use crate::state::AppState;
use crate::store::Actor;

/// The code of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunCode {
    /// The commit.
    pub commit: String,
    /// The folder of the MLproject file, below the root; empty for the root.
    pub folder: String,
    /// What that file says; `None` where there is no such file, and scripts can be executed all the same.
    pub project: Option<MlProject>,
    /// In what it is executed.
    pub environment: ProjectEnvironment,
}

/// Why the code of a run is not there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RunCodeError {
    /// It may be there later.
    #[error("{0}")]
    Passing(String),
    /// Something must be done first.
    #[error("{0}")]
    Lasting(String),
}

impl From<GitError> for RunCodeError {
    fn from(error: GitError) -> Self {
        match error {
            GitError::Unreachable | GitError::Broken(_) => Self::Passing(error.to_string()),
            GitError::Address(_)
            | GitError::Denied
            | GitError::NoReference
            | GitError::Empty
            | GitError::TooLarge { .. }
            | GitError::Harmful
            | GitError::TooDeep
            | GitError::Unusable(_)
            | GitError::NoProgram => Self::Lasting(error.to_string()),
        }
    }
}

impl From<Error> for RunCodeError {
    fn from(error: Error) -> Self {
        if let Error::Invalid(problems) = error {
            let messages: Vec<String> = problems.into_iter().map(|problem| problem.msg).collect();
            return Self::Lasting(format!("The repository cannot be opened: {}.", messages.join("; ")));
        }
        Self::Passing(error.to_string())
    }
}

/// Writes the code at a branch, a tag or a commit into `into`, which is made; at the usual branch without one. Of private
/// repositories as far as the actor has a connection of her own for them. `path` leads to the MLproject file or its folder.
///
/// # Errors
/// [`RunCodeError`], with what to do.
pub async fn check_out_code(
    state: &AppState,
    actor: Actor,
    repository: &CodeRepository,
    reference: Option<&str>,
    path: &str,
    into: &Path,
) -> Result<RunCode, RunCodeError> {
    let folder = project_folder(path).map_err(|reason| RunCodeError::Lasting(reason.to_owned()))?;
    let authorization = authorization(state, actor, repository, None).await?;
    let remote = Remote::find(state.egress(), &repository.uri, authorization).await?;
    let mirror = state.mirrors().of(remote).await?;
    let code = read(&mirror, reference, folder, into).await;
    drop(mirror);
    state.mirrors().sweep().await;
    code
}

async fn read(
    mirror: &Mirror,
    reference: Option<&str>,
    folder: String,
    into: &Path,
) -> Result<RunCode, RunCodeError> {
    let reference = reference.filter(|name| !name.is_empty());
    let missing = if reference.is_some() { GitError::NoReference } else { GitError::Empty };
    let commit = mirror.listing().await?.commit(reference).ok_or(missing)?;
    mirror.fetch(&commit).await?;
    let (project, environment) = match mirror.file(&commit, &folder, ML_PROJECT).await? {
        None => (None, ProjectEnvironment::None),
        Some(bytes) => {
            let (project, environment) = mlproject::read_whole(&bytes).map_err(RunCodeError::Lasting)?;
            (Some(project), environment)
        }
    };
    mirror.check_out(&commit, into).await?;
    if !into.join(&folder).is_dir() {
        let message =
            format!("The code has no folder {folder}. Say in which folder the MLproject file lies.");
        return Err(RunCodeError::Lasting(message));
    }
    Ok(RunCode { commit, folder, project, environment })
}
