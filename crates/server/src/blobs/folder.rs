//! The folder of the blobs.

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};
use std::{
    fmt::Write as _,
    io,
    path::{Path, PathBuf},
    pin::pin,
};
use tokio::fs::File;

use super::{BlobError, incoming::Incoming};

/// Bytes that are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    /// The SHA-256 of the bytes.
    pub sha256: Vec<u8>,
    /// How many there are.
    pub size: u64,
}

/// The folder of the blobs. Cheap to clone; all clones are one.
#[derive(Debug, Clone)]
pub struct Blobs {
    pub(super) root: PathBuf,
}

impl Blobs {
    /// The blobs in a data folder.
    #[must_use]
    pub fn new(data: &Path) -> Self {
        Self { root: data.join("blobs") }
    }

    /// Keeps what arrives, at most `limit` bytes. When this returns, the bytes survive a power cut.
    ///
    /// # Errors
    /// [`BlobError`]; nothing remains then.
    pub async fn write<E>(
        &self,
        body: impl Stream<Item = Result<Bytes, E>>,
        limit: u64,
    ) -> Result<Blob, BlobError> {
        let mut incoming = Incoming::create(&self.root.join("incoming")).await?;
        let mut body = pin!(body);
        while let Some(piece) = body.next().await {
            let piece = piece.map_err(|_| BlobError::BrokenOff)?;
            incoming.push(&piece, limit).await?;
        }
        let (temporary, blob) = incoming.finish().await?;
        let place = self.place(&blob.sha256);
        let moved = place.clone();
        tokio::task::spawn_blocking(move || move_durably(temporary.path(), &moved))
            .await
            .map_err(io::Error::other)??;
        Ok(blob)
    }

    /// Opens a blob for reading.
    ///
    /// # Errors
    /// [`BlobError::Disk`]
    pub async fn open(&self, sha256: &[u8]) -> Result<File, BlobError> {
        Ok(File::open(self.place(sha256)).await?)
    }

    fn place(&self, sha256: &[u8]) -> PathBuf {
        let mut name = String::with_capacity(64);
        for byte in sha256 {
            // Writing to a text cannot fail.
            let _ = write!(name, "{byte:02x}");
        }
        let part = |range| name.get(range).unwrap_or_default();
        self.root.join(part(0..2)).join(part(2..4)).join(&name)
    }
}

/// Moves a file to where it stays. The folders' own entries must reach the disk too.
fn move_durably(from: &Path, to: &Path) -> io::Result<()> {
    let folder = to.parent().unwrap_or(to);
    let mut new = Vec::new();
    for ancestor in folder.ancestors().take_while(|ancestor| !ancestor.exists()) {
        new.extend(ancestor.parent());
    }
    std::fs::create_dir_all(folder)?;
    std::fs::rename(from, to)?;
    for parent in [folder].into_iter().chain(new) {
        std::fs::File::open(parent)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::stream;
    use tokio::io::AsyncReadExt as _;

    #[tokio::test]
    async fn what_is_kept_is_read_again() {
        let (folder, blobs) = new();
        let blob = blobs.write(pieces(&["ab", "", "c"]), 3).await.unwrap();
        assert_eq!(blob.size, 3);
        let mut text = String::new();
        blobs.open(&blob.sha256).await.unwrap().read_to_string(&mut text).await.unwrap();
        assert_eq!(text, "abc");
        assert_eq!(blobs.write(pieces(&["abc"]), 3).await.unwrap(), blob, "the same bytes are the same blob");
        drop(folder);
    }

    #[tokio::test]
    async fn nothing_remains_of_what_is_too_long_or_breaks_off() {
        let (folder, blobs) = new();
        assert!(matches!(blobs.write(pieces(&["ab", "cd"]), 3).await, Err(BlobError::TooLarge { limit: 3 })));
        let broken = stream::iter([Ok(Bytes::from("ab")), Err(io::Error::other("cut"))]);
        assert!(matches!(blobs.write(broken, 9).await, Err(BlobError::BrokenOff)));
        let left = std::fs::read_dir(folder.path().join("blobs/incoming")).unwrap();
        assert_eq!(left.count(), 0);
    }

    fn new() -> (tempfile::TempDir, Blobs) {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::new(folder.path());
        (folder, blobs)
    }

    fn pieces(texts: &[&'static str]) -> impl Stream<Item = Result<Bytes, io::Error>> + use<> {
        stream::iter(texts.iter().map(|text| Ok(Bytes::from(*text))).collect::<Vec<_>>())
    }
}
