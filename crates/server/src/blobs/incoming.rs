//! A file that is being received.

use sha2::{Digest as _, Sha256};
use std::{
    io,
    path::{Path, PathBuf},
};
use tokio::{
    fs::File,
    io::{AsyncWriteExt as _, BufWriter},
};

use super::{Blob, BlobError};

const BUFFER: usize = 1024 * 1024;

/// A file that is being received.
#[derive(Debug)]
pub(super) struct Incoming {
    temporary: Temporary,
    file: BufWriter<File>,
    hash: Sha256,
    size: u64,
}

/// The path of a file that goes away with this, unless it was moved before.
#[derive(Debug)]
pub(super) struct Temporary(PathBuf);

impl Temporary {
    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // Usually it was moved. What could not be deleted is swept up at the next start.
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Incoming {
    pub(super) async fn create(folder: &Path) -> io::Result<Self> {
        tokio::fs::create_dir_all(folder).await?;
        let path = folder.join(uuid::Uuid::new_v4().simple().to_string());
        let file = File::create_new(&path).await?;
        let file = BufWriter::with_capacity(BUFFER, file);
        Ok(Self { temporary: Temporary(path), file, hash: Sha256::new(), size: 0 })
    }

    pub(super) async fn push(&mut self, piece: &[u8], limit: u64) -> Result<(), BlobError> {
        self.size += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        if self.size > limit {
            return Err(BlobError::TooLarge { limit });
        }
        self.hash.update(piece);
        Ok(self.file.write_all(piece).await?)
    }

    /// The complete file, safe on the disk, and what it holds.
    pub(super) async fn finish(mut self) -> io::Result<(Temporary, Blob)> {
        self.file.flush().await?;
        self.file.get_ref().sync_all().await?;
        Ok((self.temporary, Blob { sha256: self.hash.finalize().to_vec(), size: self.size }))
    }
}
