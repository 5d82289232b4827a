//! What is kept of a secret.

use sha2::{Digest as _, Sha256};

/// The SHA-256 of a secret. Secrets of the server have 160 random bits or more, so that a plain hash cannot be undone.
#[must_use]
pub fn sha256(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}
