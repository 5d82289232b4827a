//! Why bytes could not be kept.

use std::io;

/// Why bytes could not be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// There are more of them than allowed.
    #[error("an artifact may have {limit} bytes")]
    TooLarge {
        /// How many are allowed.
        limit: u64,
    },
    /// They stopped arriving before their end.
    #[error("the body broke off")]
    BrokenOff,
    /// There is no room left.
    #[error("no room left on the disk")]
    Full,
    /// The disk failed.
    #[error(transparent)]
    Disk(io::Error),
}

impl From<io::Error> for BlobError {
    fn from(error: io::Error) -> Self {
        let is_full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
        if is_full { Self::Full } else { Self::Disk(error) }
    }
}
