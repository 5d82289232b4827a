//! Where the workspace is, and a shell that stands in its root.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::Shell;

/// The folder that holds the root `Cargo.toml`.
pub(crate) struct Workspace {
    /// Runs commands in the root.
    pub shell: Shell,
    /// What cargo is told, by its environment, about the compiler of tests; nothing unless lints go with it.
    pub test_compiler: &'static [(&'static str, &'static str)],
    root: PathBuf,
}

impl Workspace {
    /// Finds the root from the place of this crate.
    ///
    /// # Errors
    /// When the folder of this crate is gone.
    pub(crate) fn open() -> Result<Self> {
        let own = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = own.parent().context("xtask has no parent folder")?.to_owned();
        let shell = Shell::new()?;
        shell.change_dir(&root);
        Ok(Self { shell, test_compiler: &[], root })
    }

    /// The same, with tests compiled in another way.
    pub(crate) fn with_test_compiler(self, test_compiler: &'static [(&'static str, &'static str)]) -> Self {
        Self { test_compiler, ..self }
    }

    /// The root folder, absolute.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// An absolute path from one below the root.
    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.root.join(below)
    }

    /// Where cargo puts what it builds for this machine.
    pub(crate) fn target(&self) -> PathBuf {
        std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| self.path("target"), |folder| self.root.join(folder))
    }

    /// Where cargo puts the console that people get; apart, so that its build and others never wait for one another.
    pub(crate) fn web_target(&self) -> PathBuf {
        self.target().join("web")
    }
}
