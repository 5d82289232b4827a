//! Wraps all secrets with the newest master key.

use crate::secrets::Safe;
use crate::store::{Store, StoreError};

/// How many secrets are looked at together.
const BATCH: u64 = 200;

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rewrapped {
    /// How many secrets there are.
    pub n_secrets: u64,
    /// How many of them had been wrapped with an older key.
    pub n_rewrapped: u64,
    /// How many of them cannot be opened.
    pub n_broken: u64,
}

/// Wraps all secrets with the newest master key, one at a time: whenever it is broken off, each can be opened with a key
/// that is there. A secret that is set meanwhile is wrapped with the newest key anyhow.
///
/// # Errors
/// [`StoreError`]
pub async fn rewrap_all(store: &Store, safe: &Safe) -> Result<Rewrapped, StoreError> {
    let (mut done, mut last) = (Rewrapped::default(), None);
    loop {
        let secrets = store.sealed_secrets(last, BATCH).await?;
        let Some((place, _)) = secrets.last() else { return Ok(done) };
        last = Some(*place);
        for (place, sealed) in secrets {
            done.n_secrets += 1;
            match safe.rewrap(&sealed, &place) {
                Ok(None) => {}
                Ok(Some(rewrapped)) => {
                    done.n_rewrapped += u64::from(store.replace_sealed(place, sealed, rewrapped).await?);
                }
                Err(error) => {
                    tracing::error!(%error, row = %place.row_id, field = place.field.as_str(), "cannot wrap a secret anew");
                    done.n_broken += 1;
                }
            }
        }
    }
}
