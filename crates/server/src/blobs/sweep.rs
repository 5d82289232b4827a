//! Deletes what no artifact names: the rest of uploads that broke off, and of artifacts that were deleted.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use super::{BlobError, Blobs};
use crate::store::Store;

/// How long a blob may lie around before its artifact must be known.
const GRACE: Duration = Duration::from_secs(24 * 3600);

/// Deletes what no artifact names and is older than a day; gives how many files that were.
///
/// # Errors
/// [`BlobError::Disk`]; what was not reached is left for the next time.
pub async fn sweep(blobs: &Blobs, store: &Store) -> Result<usize, BlobError> {
    let root = blobs.root.clone();
    let old = tokio::task::spawn_blocking(move || old_files(&root)).await.map_err(std::io::Error::other)?;
    let mut n_deleted = 0;
    for path in old {
        let hash = path.file_name().and_then(|name| name.to_str()).and_then(hash_of);
        let is_named = match hash {
            Some(hash) => store.names_blob(&hash).await.unwrap_or(true),
            None => false,
        };
        if !is_named && is_old(&path) {
            tokio::fs::remove_file(&path).await?;
            n_deleted += 1;
        }
    }
    Ok(n_deleted)
}

fn old_files(root: &Path) -> Vec<PathBuf> {
    let mut folders = vec![root.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                Ok(kind) if kind.is_file() && is_old(&entry.path()) => files.push(entry.path()),
                _ => {}
            }
        }
    }
    files
}

fn is_old(path: &Path) -> bool {
    let modified = std::fs::metadata(path).and_then(|metadata| metadata.modified());
    modified.is_ok_and(|modified| modified.elapsed().is_ok_and(|age| age > GRACE))
}

fn hash_of(name: &str) -> Option<Vec<u8>> {
    let digits: Vec<char> = name.chars().collect();
    (digits.len() == 64).then_some(())?;
    digits.chunks(2).map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).ok()).collect()
}
