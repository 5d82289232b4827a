//! Tells whether the console must be built again: a hash of its sources, kept in the page that was built of them.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::page;
use crate::workspace::Workspace;

/// The name of the `<meta>` that keeps the fingerprint.
pub(super) const META: &str = "console-build";

const SOURCES: &[&str] = &[
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "crates/models/Cargo.toml",
    "crates/models/src",
    "index.html",
    "public",
    "src",
    "style",
    "xtask/src/console", // how the build is finished
];

/// The fingerprint of what is there now.
pub(super) fn of_sources(workspace: &Workspace, with_wasm_opt: bool) -> Result<String> {
    let mut hasher = Sha256::new();
    hasher.update([u8::from(with_wasm_opt)]);
    for source in SOURCES {
        let path = workspace.path(source);
        if path.exists() {
            add(&mut hasher, workspace.root(), &path)?;
        }
    }
    Ok(hasher.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect())
}

/// The fingerprint of what `dist/` was built of; `None` when it holds no release build.
pub(super) fn of_build(workspace: &Workspace) -> Option<String> {
    let html = std::fs::read_to_string(workspace.path("dist/index.html")).ok()?;
    page::meta(&html, META).map(|tag| tag.value("content").to_owned())
}

fn add(hasher: &mut Sha256, root: &Path, path: &Path) -> Result<()> {
    if path.is_dir() {
        let mut entries: Vec<PathBuf> =
            std::fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
        entries.sort();
        return entries.iter().try_for_each(|entry| add(hasher, root, entry));
    }
    let content = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let name = path.strip_prefix(root).unwrap_or(path).as_os_str().as_encoded_bytes();
    // Lengths keep the end of one file and the name of the next apart.
    hasher.update(name.len().to_le_bytes());
    hasher.update(name);
    hasher.update(content.len().to_le_bytes());
    hasher.update(content);
    Ok(())
}
