//! What a code repository holds at a commit.

use hyper::header::HeaderValue;
use models::audit::AuditAction;
use models::code::{CodeContents, CodeContentsQuery, CodeRepository, Commit, MlProject, Platform};
use models::connection::{Connection, ConnectionProvider};
use models::id::ConnectionId;
use url::Url;

use super::connection_test::authorization as git_authorization;
use super::connections::opened;
use super::mlproject;
use crate::error::Error;
use crate::git::{GitError, Mirror, Reference, Remote};
use crate::state::AppState;
use crate::store::{Actor, StoreError};

/// The file that describes a project for MLflow, whatever the case of its letters.
pub(super) const ML_PROJECT: &str = "MLproject";

/// What a repository holds at a commit, as far as the actor may read it at its host: with a connection of hers, or without
/// any.
///
/// # Errors
/// [`Error::Invalid`] when there is no such commit, or she has no such connection; [`Error::FailedDependency`] when the
/// repository does not answer.
pub async fn code_contents(
    state: &AppState,
    actor: Actor,
    repository: &CodeRepository,
    asked: &CodeContentsQuery,
) -> Result<CodeContents, Error> {
    let folder = folder(asked.path.as_deref().unwrap_or_default())?;
    let authorization = authorization(state, actor, repository, asked.connection_id).await?;
    let remote = Remote::find(state.egress(), &repository.uri, authorization).await.map_err(refused)?;
    let mirror = state.mirrors().of(remote).await.map_err(refused)?;
    let contents = read(&mirror, asked.reference.as_deref(), &folder).await.map_err(refused);
    drop(mirror);
    state.mirrors().sweep().await;
    contents
}

async fn read(mirror: &Mirror, reference: Option<&str>, folder: &str) -> Result<CodeContents, GitError> {
    let listing = mirror.listing().await?;
    let missing = if reference.is_some() { GitError::NoReference } else { GitError::Empty };
    let commit = listing.commit(reference.filter(|name| !name.is_empty())).ok_or(missing)?;
    mirror.fetch(&commit).await?;
    let commits = mirror.commits(&commit).await?;
    let (project, problem) = match project(mirror, &commit, folder).await? {
        Ok(project) => (Some(project), None),
        Err(problem) => (None, Some(problem)),
    };
    let names = |references: Vec<Reference>| references.into_iter().map(|reference| reference.name).collect();
    Ok(CodeContents {
        commit,
        default_branch: listing.head,
        branches: names(listing.branches),
        tags: names(listing.tags),
        commits: commits
            .into_iter()
            .map(|commit| Commit { id: commit.id, title: commit.title, author: commit.author, at: commit.at })
            .collect(),
        project,
        problem,
    })
}

async fn project(mirror: &Mirror, commit: &str, folder: &str) -> Result<Result<MlProject, String>, GitError> {
    Ok(match mirror.file(commit, folder, ML_PROJECT).await? {
        Some(bytes) => mlproject::read(&bytes),
        None => {
            let place =
                if folder.is_empty() { "at the root".to_owned() } else { format!("in the folder {folder}") };
            Err(format!(
                "There is no MLproject file {place}. Say in which folder it lies, or add one and push."
            ))
        }
    })
}

fn folder(path: &str) -> Result<String, Error> {
    project_folder(path).map_err(|reason| Error::invalid_query("path", reason))
}

/// The folder that a path names: that of an MLproject file, or itself.
pub(super) fn project_folder(path: &str) -> Result<String, &'static str> {
    let refused = Err::<String, _>;
    if path.starts_with('/') {
        return refused("write the path from the root of the repository, without a slash before it");
    }
    if path.contains(['\0', '\\', '\n']) || path.len() > 500 {
        return refused("use a path such as projects/wine, of at most 500 bytes");
    }
    let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    if parts.contains(&"..") {
        return refused("leave out `..`; the path begins at the root of the repository");
    }
    if parts.last().is_some_and(|last| last.eq_ignore_ascii_case(ML_PROJECT)) {
        parts.pop();
    }
    Ok(parts.join("/"))
}

/// The header that opens the repository. Sharing a project shares no credentials: only a connection of the actor's own is
/// used, and that is written down.
pub(super) async fn authorization(
    state: &AppState,
    actor: Actor,
    repository: &CodeRepository,
    named: Option<ConnectionId>,
) -> Result<Option<HeaderValue>, Error> {
    let Some(id) = named.or(repository.connection_id) else { return Ok(None) };
    if !repository.uri.starts_with("https://") {
        let reason = "a connection works with no other address than one that begins with https://";
        return if named.is_some() { Err(Error::invalid_query("connectionId", reason)) } else { Ok(None) };
    }
    let owner = actor.user_id;
    let used = state.store().use_connection(actor, id, AuditAction::RepositoryRead).await;
    let (shown, sealed) = match used {
        Ok(used) => used,
        Err(StoreError::NotFound) if named.is_none() => return Ok(None),
        Err(StoreError::NotFound) => {
            return Err(Error::invalid_query(
                "connectionId",
                "name a connection of your own; you have none with this id",
            ));
        }
        Err(error) => return Err(error.into()),
    };
    if !is_for(&shown, &repository.uri) {
        let reason = "this connection is for another host; its secrets are sent to no other. Enter the address of this \
                      repository's host at the connection, or name another one";
        return Err(Error::invalid_query("connectionId", reason));
    }
    let connection = opened(&state.safe(), owner, shown, &sealed)?;
    let user = match repository.platform {
        Platform::GitLab => "oauth2",
        Platform::Bitbucket => "x-token-auth",
        Platform::GitHub | Platform::Unknown(_) => "x-access-token",
    };
    git_authorization(&connection, Some(user))
        .map(Some)
        .map_err(|reason| Error::invalid_query("connectionId", reason))
}

/// Whether a connection is for the host of a repository: its own address names it, or it is that of the provider itself.
/// Whoever may change the address of a repository would get the secrets of others otherwise.
fn is_for(connection: &Connection, repository: &str) -> bool {
    let place = |address: &str| {
        let url = Url::parse(address).ok()?;
        Some((url.host_str()?.to_ascii_lowercase(), url.port_or_known_default()?))
    };
    let home = match connection.connection_provider {
        ConnectionProvider::GitHub => Some("https://github.com"),
        ConnectionProvider::GitLab => Some("https://gitlab.com"),
        ConnectionProvider::Bitbucket => Some("https://bitbucket.org"),
        ConnectionProvider::Unicore
        | ConnectionProvider::Firecrest
        | ConnectionProvider::S3
        | ConnectionProvider::Ssh
        | ConnectionProvider::Other
        | ConnectionProvider::Unknown(_) => None,
    };
    let own = connection.uri.as_deref().or(home).and_then(place);
    own.is_some() && own == place(repository)
}

fn refused(error: GitError) -> Error {
    match error {
        GitError::NoReference => Error::invalid_query("ref", error.to_string()),
        GitError::Address(_)
        | GitError::Unreachable
        | GitError::Denied
        | GitError::Empty
        | GitError::Harmful
        | GitError::TooDeep
        | GitError::TooLarge { .. }
        | GitError::Unusable(_)
        | GitError::NoProgram => Error::FailedDependency(error.to_string()),
        GitError::Broken(cause) => Error::internal(cause),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_the_file_or_its_folder() {
        for (path, expected) in [
            ("", Some("")),
            ("MLproject", Some("")),
            ("a/b/mlproject", Some("a/b")),
            ("./a//b/", Some("a/b")),
            ("/etc", None),
            ("a/../b", None),
            ("a\\b", None),
        ] {
            assert_eq!(folder(path).ok().as_deref(), expected, "{path}");
        }
    }
}
