//! Why bytes could not be kept.

use std::io;

use crate::store::StoreError;

const GIBIBYTE: u64 = 1024 * 1024 * 1024;

/// Why bytes could not be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// There are more of them than allowed.
    #[error("an artifact may have {limit} bytes")]
    TooLarge {
        /// How many are allowed.
        limit: u64,
    },
    /// With them the project would have more than it may.
    #[error(
        "The artifacts and images of a project may have {} in all. Delete some, or ask the operator for more.",
        size(*limit)
    )]
    OverQuota {
        /// How many are allowed.
        limit: u64,
    },
    /// What the project has could not be counted.
    #[error(transparent)]
    Uncounted(StoreError),
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

/// As many GiB as the operator said.
fn size(bytes: u64) -> String {
    match bytes.is_multiple_of(GIBIBYTE) {
        true => format!("{} GiB", bytes / GIBIBYTE),
        false => format!("{bytes} bytes"),
    }
}

impl From<io::Error> for BlobError {
    fn from(error: io::Error) -> Self {
        let is_full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
        if is_full { Self::Full } else { Self::Disk(error) }
    }
}
