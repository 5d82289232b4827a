//! The master keys of an installation: `master.key` is the first, `master.2.key` the second, and so on.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use zeroize::Zeroizing;

use crate::auth::{Keys, Subkey, Versions};

/// Reads the keys, or makes the first one at the first start.
///
/// # Errors
/// When others than the server's user can read one: then it is no secret.
pub(super) fn ensure(folder: &Path) -> Result<Keys> {
    let versions = match read_all(folder)? {
        Some(versions) => versions,
        None => {
            write(folder, 1)?;
            read_all(folder)?.context("the key that was just made is gone")?
        }
    };
    let folder = folder.to_owned();
    let again = move || match read_all(&folder) {
        Ok(versions) => versions,
        Err(error) => {
            tracing::warn!(error = format!("{error:#}"), "cannot read the master keys anew");
            None
        }
    };
    Ok(Keys::new(versions, again))
}

/// Makes a newer key beside the ones there are; gives its version.
///
/// # Errors
/// When there is none yet, when there have been 255, or when it cannot be written.
pub fn add_key(folder: &Path) -> Result<u8> {
    let newest = read_all(folder)?.context("there is no key yet")?.newest();
    let version = newest.checked_add(1).context("there have been as many keys as there can be")?;
    write(folder, version)?;
    Ok(version)
}

/// Deletes all keys but the newest; gives their paths.
///
/// # Errors
/// When one cannot be deleted.
pub fn delete_older_keys(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = paths(folder)?;
    paths.pop_last();
    for path in paths.values() {
        std::fs::remove_file(path).with_context(|| format!("cannot delete {}", path.display()))?;
    }
    File::open(folder)?.sync_all()?;
    Ok(paths.into_values().collect())
}

/// The keys there are; `None` before the first start.
fn read_all(folder: &Path) -> Result<Option<Versions>> {
    let keys = paths(folder)?.into_iter().map(|(version, path)| Ok((version, read(&path)?)));
    Ok(Versions::new(keys.collect::<Result<BTreeMap<_, _>>>()?))
}

fn paths(folder: &Path) -> Result<BTreeMap<u8, PathBuf>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        if let Some(version) = entry.file_name().to_str().and_then(version_in) {
            found.insert(version, entry.path());
        }
    }
    Ok(found)
}

fn name(version: u8) -> String {
    if version == 1 { "master.key".to_owned() } else { format!("master.{version}.key") }
}

fn version_in(file_name: &str) -> Option<u8> {
    if file_name == name(1) {
        return Some(1);
    }
    let version: u8 = file_name.strip_prefix("master.")?.strip_suffix(".key")?.parse().ok()?;
    (version > 1 && file_name == name(version)).then_some(version)
}

/// Writes a new key beside its place and moves it there when it is whole: a power cut leaves no half of one.
fn write(folder: &Path, version: u8) -> Result<()> {
    let path = folder.join(name(version));
    let beside = folder.join(format!("{}.{}", name(version), uuid::Uuid::new_v4().simple()));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = (|| {
        let mut file = options.open(&beside)?;
        let key: Subkey = Zeroizing::new(rand::random());
        file.write_all(&*key)?;
        file.sync_all()?;
        // Unlike a renaming, this never takes the place of a key that another process made at the same moment.
        match std::fs::hard_link(&beside, &path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            other => other,
        }
    })();
    // It may not be there when it could not be made.
    let _ = std::fs::remove_file(&beside);
    written.with_context(|| format!("cannot make {}", path.display()))?;
    Ok(File::open(folder)?.sync_all()?)
}

fn read(path: &Path) -> Result<Subkey> {
    let mut file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    check_mode(&file, path)?;
    let mut key: Subkey = Zeroizing::new([0; 32]);
    let mut rest = [0; 1];
    if file.read_exact(&mut *key).is_err() || file.read(&mut rest)? > 0 {
        bail!("{} is no key: it must have 32 bytes; restore it from a backup", path.display());
    }
    Ok(key)
}

#[cfg(unix)]
fn check_mode(file: &File, path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    if file.metadata()?.permissions().mode() & 0o077 != 0 {
        bail!("others can read {0}; run `chmod 600 {0}`", path.display());
    }
    Ok(())
}

#[cfg(not(unix))]
fn check_mode(_: &File, _: &Path) -> Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_stays_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let first = ensure(folder.path()).unwrap();
        let second = ensure(folder.path()).unwrap();
        assert_eq!(first.subkey("a"), second.subkey("a"));
        let other = tempfile::tempdir().unwrap();
        assert_ne!(first.subkey("a"), ensure(other.path()).unwrap().subkey("a"));
    }

    #[test]
    fn a_newer_key_stands_beside_the_older_until_that_is_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let running = ensure(folder.path()).unwrap();
        let first = running.subkey("a");
        assert_eq!(add_key(folder.path()).unwrap(), 2);
        assert_eq!(add_key(folder.path()).unwrap(), 3);
        // What is half made, or made by others, is no key.
        std::fs::write(folder.path().join("master.4.key.0a"), [1; 3]).unwrap();
        std::fs::write(folder.path().join("master.04.key"), [1; 3]).unwrap();
        let started = ensure(folder.path()).unwrap();
        assert_eq!(started.newest("a").0, 3);
        assert_eq!(running.newest("a"), started.newest("a"), "a server that runs finds it");
        assert_eq!(started.of_version(1, "a"), Some(first));
        let deleted = delete_older_keys(folder.path()).unwrap();
        assert_eq!(deleted, ["master.key", "master.2.key"].map(|name| folder.path().join(name)));
        let after = ensure(folder.path()).unwrap();
        assert_eq!(after.newest("a"), started.newest("a"));
        assert_eq!(after.of_version(1, "a"), None);
    }

    #[test]
    fn a_broken_key_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        ensure(folder.path()).unwrap();
        for length in [0, 31, 33] {
            std::fs::write(folder.path().join(name(1)), vec![1; length]).unwrap();
            assert!(ensure(folder.path()).is_err());
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_key_that_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        ensure(folder.path()).unwrap();
        add_key(folder.path()).unwrap();
        for version in [1, 2] {
            let path = folder.path().join(name(version));
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
            assert!(ensure(folder.path()).unwrap_err().to_string().contains("chmod 600"));
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        }
    }
}
