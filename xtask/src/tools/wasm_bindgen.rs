//! wasm-bindgen: makes the JavaScript side of the console, and runs its tests in a browser.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::cargo_tool::CargoTool;
use crate::workspace::Workspace;

/// The folder of `wasm-bindgen` and `wasm-bindgen-test-runner`, in the version of the lock file.
///
/// # Errors
/// When they are missing and cannot be installed.
pub(crate) fn ensure(workspace: &Workspace) -> Result<PathBuf> {
    let lock = std::fs::read_to_string(workspace.path("Cargo.lock"))?;
    let version = locked_version(&lock, "wasm-bindgen").context("Cargo.lock does not name wasm-bindgen")?;
    CargoTool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version,
        tells_version: true,
        why: "joins the console's code with the browser",
        options: &["--no-default-features"],
        opt_level: "1",
        seconds: 80,
    }
    .ensure(&workspace.shell)
}

fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"').map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    const LOCK: &str =
        "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"ab\"\nversion = \"2.0.0\"\n";

    #[test]
    fn the_locked_version_is_that_of_the_exact_name() {
        assert_eq!(locked_version(LOCK, "ab").as_deref(), Some("2.0.0"));
        assert_eq!(locked_version(LOCK, "b"), None);
    }
}
