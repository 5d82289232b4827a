//! Where the console's files are: in the program, or in a folder.

use std::borrow::Cow;
use std::path::Path;

use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};

/// The files in the program. Those that a build makes smaller lie beside them, with `.br` and `.gz` at the end.
#[derive(RustEmbed)]
#[folder = "../../dist"]
#[allow_missing = true]
struct Embedded;

/// A file of the console.
pub(super) struct Found {
    pub(super) bytes: Cow<'static, [u8]>,
    /// Tells this content from any other.
    pub(super) digest: [u8; 32],
}

/// The file at `path`, such as `static/console-1a2b3c4d.js`.
pub(super) async fn find(folder: Option<&Path>, path: &str) -> Option<Found> {
    if !is_plain(path) {
        return None;
    }
    let Some(folder) = folder else {
        let file = Embedded::get(path)?;
        return Some(Found { digest: file.metadata.sha256_hash(), bytes: file.data });
    };
    let bytes = tokio::fs::read(folder.join(path)).await.ok()?;
    Some(Found { digest: Sha256::digest(&bytes).into(), bytes: bytes.into() })
}

/// Whether a path can be one of a file of ours. What a client sends is never a path of the file system unless it looks
/// like this.
fn is_plain(path: &str) -> bool {
    path.split('/').all(|segment| {
        !segment.is_empty()
            && !segment.starts_with('.')
            && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_paths_are_looked_for() {
        for path in ["index.html", "static/console-1a.js", "static/console-1a_bg.wasm.br"] {
            assert!(is_plain(path), "{path}");
        }
        for path in [
            "",
            "/etc/passwd",
            "../x",
            "a/../b",
            "a//b",
            ".git/config",
            "a\\b",
            "a%2e",
            "a\0",
            "a/./b",
            "static/",
        ] {
            assert!(!is_plain(path), "{path}");
        }
    }
}
