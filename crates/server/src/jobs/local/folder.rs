//! The folder of an attempt, by whose files the server and the watcher talk.

use std::fs::{DirBuilder, File, TryLockError};
use std::io::{ErrorKind, Read as _, Result, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use models::time::UnixMillis;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::jobs::Exit;

/// How much of what was printed is read at once, in bytes.
const MOST: u64 = 1024 * 1024;

/// The folder of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Folder(PathBuf);

/// What became of an attempt's start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Started {
    /// Its watcher has begun.
    At(UnixMillis),
    /// A server gave it up; it never begins.
    Abandoned,
}

impl Folder {
    pub(super) fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// The code.
    pub(super) fn code(&self) -> PathBuf {
        self.0.join("code")
    }

    /// The home folder of its processes.
    pub(super) fn home(&self) -> PathBuf {
        self.0.join("home")
    }

    /// Where its processes put what they need for a moment.
    pub(super) fn scratch(&self) -> PathBuf {
        self.0.join("tmp")
    }

    /// Programs of its own.
    pub(super) fn programs(&self) -> PathBuf {
        self.0.join("bin")
    }

    /// What was printed.
    pub(super) fn output(&self) -> PathBuf {
        self.0.join("output")
    }

    /// What the watcher says itself.
    pub(super) fn watcher_output(&self) -> PathBuf {
        self.0.join("watcher")
    }

    /// Makes the folder, for the server's user alone.
    ///
    /// # Errors
    /// Also when it is there.
    pub(super) fn make(&self) -> Result<()> {
        let mut parents = DirBuilder::new();
        parents.recursive(true).mode(0o700);
        parents.create(self.0.parent().unwrap_or(&self.0))?;
        let mut builder = DirBuilder::new();
        builder.mode(0o700);
        builder.create(&self.0)?;
        [self.home(), self.scratch(), self.programs()].iter().try_for_each(|folder| builder.create(folder))
    }

    /// Says what becomes of the start, unless that was said before; gives what holds.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub(super) fn decide(&self, started: &Started) -> Result<(Started, bool)> {
        let decided = self.write_once("started", &serde_json::to_vec(started)?)?;
        let holds = self.started()?.ok_or_else(|| std::io::Error::from(ErrorKind::NotFound))?;
        Ok((holds, decided))
    }

    /// What became of the start; `None` as long as that is open.
    pub(super) fn started(&self) -> Result<Option<Started>> {
        self.read("started")
    }

    /// How it ended; `None` as long as it has not.
    pub(super) fn exit(&self) -> Result<Option<Exit>> {
        self.read("exit")
    }

    /// Writes down how it ended.
    pub(super) fn write_exit(&self, exit: &Exit) -> Result<()> {
        self.write_once("exit", &serde_json::to_vec(exit)?).map(drop)
    }

    /// Asks the watcher to end it.
    pub(super) fn ask_for_end(&self) -> Result<()> {
        File::create(self.0.join("cancel")).map(drop)
    }

    /// Whether its end was asked for: also by whoever has deleted the folder, because then nobody finds it any more.
    pub(super) fn is_end_asked_for(&self) -> bool {
        self.0.join("cancel").exists() || !self.0.exists()
    }

    /// Says that a server sees to it; at most once a minute.
    pub(super) fn note_sight(&self) -> Result<()> {
        if self.unseen_for().is_none_or(|time| time >= Duration::from_secs(60)) {
            let file = File::options().create(true).truncate(false).write(true).open(self.0.join("seen"))?;
            file.set_modified(SystemTime::now())?;
        }
        Ok(())
    }

    /// How long ago a server saw to it last; `None` where none has yet.
    pub(super) fn unseen_for(&self) -> Option<Duration> {
        self.0.join("seen").metadata().ok()?.modified().ok()?.elapsed().ok()
    }

    /// What the watcher holds as long as it lives; `None` where somebody holds it.
    pub(super) fn lock(&self) -> Result<Option<File>> {
        let file = File::options().create(true).truncate(false).write(true).open(self.0.join("lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Some of what was printed, from a byte on.
    pub(super) fn printed(&self, offset: u64) -> Result<Vec<u8>> {
        let mut file = match File::open(self.output()) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            other => other?,
        };
        file.seek(SeekFrom::Start(offset))?;
        let mut bytes = Vec::new();
        file.take(MOST).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Prints a line of our own.
    pub(super) fn print(&self, line: &str) -> Result<()> {
        self.open_output().and_then(|mut output| output.write_all(format!("{line}\n").as_bytes()))
    }

    /// What is printed goes to its end.
    pub(super) fn open_output(&self) -> Result<File> {
        File::options().create(true).append(true).open(self.output())
    }

    /// A file that is there as a whole or not at all, and never changes; gives whether it was written now.
    fn write_once(&self, name: &str, bytes: &[u8]) -> Result<bool> {
        let new = self.0.join(format!("{name}.{}", Uuid::new_v4().simple()));
        let mut file = File::create_new(&new)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        let linked = std::fs::hard_link(&new, self.0.join(name));
        std::fs::remove_file(&new)?;
        match linked {
            Ok(()) => File::open(&self.0)?.sync_all().map(|()| true),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn read<T: for<'de> Deserialize<'de>>(&self, name: &str) -> Result<Option<T>> {
        match std::fs::read(self.0.join(name)) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_decides_first_decides() {
        let folder = tempfile::tempdir().unwrap();
        let attempt = Folder::new(folder.path().join("a/1"));
        attempt.make().unwrap();
        assert!(attempt.make().is_err(), "it is there");
        assert_eq!(attempt.started().unwrap(), None);
        let begun = Started::At(UnixMillis(7));
        assert_eq!(attempt.decide(&begun).unwrap(), (begun.clone(), true));
        assert_eq!(attempt.decide(&Started::Abandoned).unwrap(), (begun, false));
    }

    #[test]
    fn one_holds_the_lock_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let attempt = Folder::new(folder.path());
        let held = attempt.lock().unwrap();
        assert!(held.is_some() && attempt.lock().unwrap().is_none());
        drop(held);
        assert!(attempt.lock().unwrap().is_some());
    }

    #[test]
    fn it_is_known_how_long_nobody_has_seen_to_it() {
        let folder = tempfile::tempdir().unwrap();
        let attempt = Folder::new(folder.path());
        assert_eq!(attempt.unseen_for(), None);
        attempt.note_sight().unwrap();
        assert!(attempt.unseen_for().unwrap() < Duration::from_secs(60));
        let seen = File::options().write(true).open(folder.path().join("seen")).unwrap();
        seen.set_modified(SystemTime::now() - Duration::from_secs(600)).unwrap();
        assert!(attempt.unseen_for().unwrap() >= Duration::from_secs(600));
        attempt.note_sight().unwrap();
        assert!(attempt.unseen_for().unwrap() < Duration::from_secs(60));
    }

    #[test]
    fn what_is_printed_is_read_from_any_byte_on() {
        let folder = tempfile::tempdir().unwrap();
        let attempt = Folder::new(folder.path());
        assert!(attempt.printed(0).unwrap().is_empty());
        attempt.print("one").unwrap();
        attempt.print("two").unwrap();
        assert_eq!(attempt.printed(4).unwrap(), b"two\n");
        assert!(attempt.printed(8).unwrap().is_empty() && attempt.printed(9).unwrap().is_empty());
    }
}
