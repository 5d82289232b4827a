//! Copies of repositories: the commits that somebody looked into, without large files.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use models::time::UnixMillis;
use sha2::{Digest as _, Sha256};
use tokio::sync::OwnedMutexGuard;

use super::program::{Call, Room, size};
use super::{GitError, Listing, Remote};

/// How long a listing, and how long a fetch may take.
pub(super) const LIST: Duration = Duration::from_secs(15);
const FETCH: Duration = Duration::from_secs(90);
/// How much git may print that is read here.
const MOST: u64 = 4 * 1024 * 1024;
/// How large a copy, and how large all of them together may become, in megabytes.
const MOST_OF_ONE: u64 = 200;
const MOST_OF_ALL: u64 = 2_000;
/// So many commits of the past come along.
const DEPTH: &str = "--depth=20";

/// The copies of repositories.
#[derive(Debug)]
pub struct Mirrors {
    folder: PathBuf,
    busy: Mutex<HashMap<PathBuf, Arc<tokio::sync::Mutex<()>>>>,
}

/// The copy of a repository, for one user at a time.
#[derive(Debug)]
pub struct Mirror {
    folder: PathBuf,
    remote: Remote,
    _alone: OwnedMutexGuard<()>,
}

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its id.
    pub id: String,
    /// The first line of what was written about it.
    pub title: String,
    /// Who made it.
    pub author: String,
    /// When.
    pub at: UnixMillis,
}

impl Mirrors {
    /// Copies are kept in `folder`, which is made when it is needed.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, busy: Mutex::default() }
    }

    /// The copy of a repository, once nobody else uses it.
    ///
    /// # Errors
    /// [`GitError::Broken`] when there is no room for it; [`GitError::NoProgram`].
    pub async fn of(&self, remote: Remote) -> Result<Mirror, GitError> {
        let digest = Sha256::digest(remote.url());
        let name: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let folder = self.folder.join(name);
        let one = {
            let mut busy = self.busy.lock().unwrap_or_else(PoisonError::into_inner);
            busy.retain(|_, one| Arc::strong_count(one) > 1);
            Arc::clone(busy.entry(folder.clone()).or_default())
        };
        let alone = one.lock_owned().await;
        let mirror = Mirror { folder, remote, _alone: alone };
        mirror.ensure().await?;
        Ok(mirror)
    }

    /// Removes the copies that were not used for longest, until all are small enough together.
    pub async fn sweep(&self) {
        let folder = self.folder.clone();
        let busy: Vec<PathBuf> = {
            let busy = self.busy.lock().unwrap_or_else(PoisonError::into_inner);
            busy.iter()
                .filter(|(_, one)| Arc::strong_count(one) > 1)
                .map(|(folder, _)| folder.clone())
                .collect()
        };
        // What cannot be removed now is tried again the next time.
        let _ = tokio::task::spawn_blocking(move || sweep(&folder, &busy)).await;
    }
}

fn sweep(folder: &Path, busy: &[PathBuf]) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let used = |path: &Path| {
        path.join("HEAD").metadata().and_then(|data| data.modified()).unwrap_or(SystemTime::UNIX_EPOCH)
    };
    let mut copies: Vec<(SystemTime, u64, PathBuf)> =
        entries.flatten().map(|entry| (used(&entry.path()), size(&entry.path()), entry.path())).collect();
    copies.sort();
    let mut all: u64 = copies.iter().map(|(_, size, _)| size).sum();
    for (_, size, path) in copies {
        if all <= MOST_OF_ALL * 1_000_000 {
            return;
        }
        if !busy.contains(&path) && std::fs::remove_dir_all(&path).is_ok() {
            all -= size;
        }
    }
}

impl Mirror {
    async fn ensure(&self) -> Result<(), GitError> {
        let head = self.folder.join("HEAD");
        if head.exists() {
            // Says that it is in use.
            let touched = std::fs::File::options().append(true).open(&head);
            let _ = touched.and_then(|file| file.set_modified(SystemTime::now()));
            return Ok(());
        }
        std::fs::create_dir_all(&self.folder).map_err(|error| GitError::Broken(error.to_string()))?;
        self.call(&["init", "--quiet", "--bare", "."], &[], LIST, None).await.map(drop)
    }

    pub(super) async fn call(
        &self,
        arguments: &[&str],
        settings: &[(String, String)],
        patience: Duration,
        room: Option<Room>,
    ) -> Result<Vec<u8>, GitError> {
        let folder = &self.folder;
        Call { folder, settings, arguments, most: MOST, patience }.run(room).await
    }

    /// The branches and tags. Who may not read the repository learns it here, whatever has been copied for others.
    ///
    /// # Errors
    /// [`GitError`]
    pub async fn listing(&self) -> Result<Listing, GitError> {
        let arguments =
            ["ls-remote", "--symref", "--", self.remote.url(), "HEAD", "refs/heads/*", "refs/tags/*"];
        let printed = self.call(&arguments, &self.remote.settings(), LIST, None).await?;
        Ok(Listing::read(&String::from_utf8_lossy(&printed)))
    }

    /// Copies a commit, unless it was copied before.
    ///
    /// # Errors
    /// [`GitError`]
    pub async fn fetch(&self, commit: &str) -> Result<(), GitError> {
        let named = format!("{commit}^{{commit}}");
        if self.call(&["cat-file", "-e", &named], &[], LIST, None).await.is_ok() {
            return Ok(());
        }
        let settings = self.fetching();
        let wanted = format!("+{commit}:refs/commits/{commit}");
        let arguments = [
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            "--filter=blob:limit=1m",
            DEPTH,
            "origin",
            &wanted,
        ];
        // Large files that a run had fetched are there already, and are let go when copies have become too many.
        let before = size(&self.folder) / 1_000_000;
        self.call(&arguments, &settings, FETCH, Some(Room { limit: before + MOST_OF_ONE })).await.map(drop)
    }

    /// What git must know to fetch from where the copy was made of.
    pub(super) fn fetching(&self) -> Vec<(String, String)> {
        let mut settings = self.remote.settings();
        settings.push(("remote.origin.url".to_owned(), self.remote.url().to_owned()));
        settings.push(("remote.origin.promisor".to_owned(), "true".to_owned()));
        settings
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The latest commits that lead to one, itself first.
    ///
    /// # Errors
    /// [`GitError`]
    pub async fn commits(&self, commit: &str) -> Result<Vec<Commit>, GitError> {
        let arguments = ["log", "-z", "--max-count=20", "--format=%H%x1f%ct%x1f%an%x1f%s", commit];
        let printed = self.call(&arguments, &[], LIST, None).await?;
        Ok(String::from_utf8_lossy(&printed).split('\0').filter_map(read_commit).collect())
    }

    /// The file in a folder that has this name, whatever its case; `None` where there is none. An empty folder is the root.
    ///
    /// # Errors
    /// [`GitError`]
    pub async fn file(&self, commit: &str, folder: &str, name: &str) -> Result<Option<Vec<u8>>, GitError> {
        let tree = format!("{commit}:{folder}");
        let Ok(printed) = self.call(&["ls-tree", "-z", &tree], &[], LIST, None).await else {
            return Ok(None);
        };
        let text = String::from_utf8_lossy(&printed);
        let Some(blob) =
            text.split('\0').filter_map(plain_file).find(|(own, _)| own.eq_ignore_ascii_case(name))
        else {
            return Ok(None);
        };
        self.call(&["cat-file", "blob", blob.1], &[], LIST, None).await.map(Some)
    }
}

fn read_commit(text: &str) -> Option<Commit> {
    let mut parts = text.splitn(4, '\u{1f}');
    let (id, seconds, author, title) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let at = UnixMillis(seconds.parse::<i64>().ok()?.checked_mul(1000)?);
    Some(Commit { id: id.to_owned(), title: title.to_owned(), author: author.to_owned(), at })
}

/// The name and the object of a line of `git ls-tree`, if that is a file and no link, folder or submodule.
fn plain_file(line: &str) -> Option<(&str, &str)> {
    let (object, name) = line.split_once('\t')?;
    let mut parts = object.split(' ');
    let (mode, kind, id) = (parts.next()?, parts.next()?, parts.next()?);
    (kind == "blob" && mode.starts_with("100")).then_some((name, id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_submodules_are_no_files() {
        assert_eq!(plain_file("100644 blob abc\tMLproject"), Some(("MLproject", "abc")));
        assert_eq!(plain_file("100755 blob abc\trun.sh"), Some(("run.sh", "abc")));
        assert_eq!(plain_file("120000 blob abc\tMLproject"), None);
        assert_eq!(plain_file("160000 commit abc\tMLproject"), None);
        assert_eq!(plain_file("040000 tree abc\tMLproject"), None);
    }

    #[test]
    fn a_commit_is_read_from_its_line() {
        let commit = read_commit("abc\u{1f}1700000000\u{1f}Ann\u{1f}Add a\u{1f}b").unwrap();
        assert_eq!((commit.title.as_str(), commit.at), ("Add a\u{1f}b", UnixMillis(1_700_000_000_000)));
        assert_eq!(read_commit("\n"), None);
    }
}
