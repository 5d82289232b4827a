//! Keeps two servers from writing to the same SQLite file.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

/// For how long the folder may seem to be held by a server that was killed: what it was just starting has the lock too,
/// until it has become another program.
const PATIENCE: Duration = Duration::from_secs(1);
const PAUSE: Duration = Duration::from_millis(20);

/// Holds the folder until it is dropped; also when the process is killed.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Another server holds the folder.
#[derive(Debug, thiserror::Error)]
#[error("another server works with this data folder; stop it first, or choose another folder with --data")]
pub struct Held;

impl Lock {
    /// Takes the folder.
    ///
    /// # Errors
    /// [`Held`] when another server has it.
    pub(super) fn take(folder: &Path) -> Result<Self> {
        let path = folder.join("lock");
        let file = File::create(&path).with_context(|| format!("cannot make {}", path.display()))?;
        let begin = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::WouldBlock) if begin.elapsed() < PATIENCE => std::thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => return Err(Held.into()),
                Err(TryLockError::Error(error)) => {
                    return Err(error).context("the data folder cannot be locked");
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_server_is_refused_until_the_first_has_gone() {
        let folder = tempfile::tempdir().unwrap();
        let first = Lock::take(folder.path()).unwrap();
        assert!(Lock::take(folder.path()).unwrap_err().is::<Held>());
        drop(first);
        assert!(Lock::take(folder.path()).is_ok());
    }
}
