//! Tools that cargo builds, in the version that the workspace needs.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, ensure};
use xshell::{Shell, cmd};

use super::cache;
use crate::{command, interrupt};

/// Held by who installs: whoever comes next waits, and finds it done.
static INSTALLING: Mutex<()> = Mutex::new(());

/// A program from the crate registry.
pub(super) struct CargoTool {
    /// The crate.
    pub package: &'static str,
    /// The program, which also names its folder in the cache.
    pub program: &'static str,
    /// The exact version.
    pub version: String,
    /// Whether it answers `--version`; otherwise it counts as there once its file is.
    pub tells_version: bool,
    /// What it is for, in a few words.
    pub why: &'static str,
    /// How the crate is built.
    pub options: &'static [&'static str],
    /// How much the compiler optimises it: little is enough for what works for seconds.
    pub opt_level: &'static str,
    /// How long that takes on a quiet machine of two cores.
    pub seconds: u32,
}

impl CargoTool {
    /// The folder with the program in it, which is installed when missing.
    pub(super) fn ensure(&self, shell: &Shell) -> Result<PathBuf> {
        let root = cache::folder()?.join(format!("{}-{}", self.program, self.version));
        let programs = root.join("bin");
        if self.answers(shell, &programs) {
            return Ok(programs);
        }
        let _alone = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
        if self.answers(shell, &programs) {
            return Ok(programs);
        }
        cache::announce(&format!("{} {}", self.program, self.version), self.why, self.seconds);
        std::fs::create_dir_all(&root)?;
        // A lock file can name a version that a registry mirror does not list, so the second try resolves anew.
        if let Err(error) = self.install(shell, &root, &["--locked"]) {
            interrupt::check()?;
            eprintln!("{error:#}; trying once more with other versions of what it is made of");
            self.install(shell, &root, &[])?;
        }
        ensure!(
            self.answers(shell, &programs),
            "{} was installed but does not answer `--version`",
            self.program
        );
        Ok(programs)
    }

    fn answers(&self, shell: &Shell, programs: &std::path::Path) -> bool {
        let program = programs.join(self.program);
        if !self.tells_version {
            return program.is_file();
        }
        program.is_file()
            && command::output(cmd!(shell, "{program} --version"))
                .is_some_and(|answer| answer.split_whitespace().any(|word| word == self.version))
    }

    fn install(&self, shell: &Shell, root: &std::path::Path, lock: &[&str]) -> Result<()> {
        let Self { package, version, .. } = self;
        let options = self.options;
        // One folder for all tools: much of what they are made of is the same.
        let build = builds()?;
        // Away from the workspace, whose settings are for the console and not for tools.
        let _away = shell.push_dir(root);
        command::run(
            cmd!(
                shell,
                "cargo install {package} --version {version} --force {lock...} {options...} --root {root}"
            )
            .env("CARGO_TARGET_DIR", &build)
            // Half the time of the release profile or less; these programs are fast enough without it.
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_PANIC", "abort")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.opt_level)
            .env_remove("RUSTFLAGS"),
        )
    }
}

/// Removes what was left for the next tool; for when all are there.
///
/// # Errors
/// When the folder cannot be removed.
pub(crate) fn forget_builds() -> Result<()> {
    let folder = builds()?;
    if !folder.exists() {
        return Ok(());
    }
    std::fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))
}

fn builds() -> Result<PathBuf> {
    Ok(cache::folder()?.join("build"))
}
