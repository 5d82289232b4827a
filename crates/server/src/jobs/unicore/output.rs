//! What a job printed: its log, and where it failed also what its machine said about it.

use std::fmt::Write as _;

use super::script::LOG;
use crate::unicore::{Site, SiteError};

/// How much of the log is read at once, in bytes.
const MOST: usize = 1024 * 1024;
/// How much of a further file is read, in bytes.
const MOST_OF_OTHERS: usize = 64 * 1024;
/// The files into which the machine writes what the script does not catch.
const OTHERS: [&str; 2] = ["stdout", "stderr"];

/// Some bytes from `offset` on of the log, and of what follows it where the job `has_failed`; those files are whole then.
pub(super) async fn printed(
    site: &Site,
    folder: &str,
    offset: u64,
    has_failed: bool,
) -> Result<Vec<u8>, SiteError> {
    let size = site.size(folder, LOG).await?.unwrap_or(0);
    if offset < size {
        return Ok(site.part(folder, LOG, offset, MOST).await?.to_vec());
    }
    if !has_failed {
        return Ok(Vec::new());
    }
    let told = others(site, folder, size > 0).await?;
    let begin = usize::try_from(offset - size).unwrap_or(usize::MAX).min(told.len());
    Ok(told.get(begin..).unwrap_or_default().to_vec())
}

async fn others(site: &Site, folder: &str, is_later: bool) -> Result<Vec<u8>, SiteError> {
    let mut told = Vec::new();
    for name in OTHERS {
        let size = site.size(folder, name).await?.unwrap_or(0);
        if size == 0 {
            continue;
        }
        let begin = size.saturating_sub(MOST_OF_OTHERS as u64);
        let bytes = site.part(folder, name, begin, MOST_OF_OTHERS).await?;
        let mut title = String::new();
        if is_later || !told.is_empty() {
            title.push('\n');
        }
        let _ = writeln!(title, "{name} of the job:");
        told.extend_from_slice(title.as_bytes());
        told.extend_from_slice(&bytes);
        if !told.ends_with(b"\n") {
            told.push(b'\n');
        }
    }
    Ok(told)
}
