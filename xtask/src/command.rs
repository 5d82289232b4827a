//! Runs other programs: visibly, or quietly with a sign of life; both end when this program is interrupted.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use xshell::Cmd;

use crate::interrupt;

const POLL: Duration = Duration::from_millis(20);
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// Runs a program that writes to the terminal.
///
/// # Errors
/// When it cannot be started, fails, or is interrupted.
pub(crate) fn run(command: Cmd<'_>) -> Result<()> {
    let (line, mut command) = prepare(command);
    eprintln!("$ {line}");
    let mut child = in_own_group(&mut command).spawn().with_context(|| format!("cannot start `{line}`"))?;
    succeeded(&line, wait(&mut child, || {})?)
}

/// Runs a program whose output matters only when it fails; says every 15 seconds that it is still at it.
///
/// # Errors
/// When it cannot be started, fails, or is interrupted.
pub(crate) fn run_quietly(command: Cmd<'_>) -> Result<()> {
    let (line, mut command) = prepare(command);
    let log = LogFile::create()?;
    let output = File::create(&log.0)?;
    let mut child = in_own_group(&mut command)
        .stdout(output.try_clone()?)
        .stderr(output)
        .spawn()
        .with_context(|| format!("cannot start `{line}`"))?;
    let start = Instant::now();
    let mut signs = 0;
    let status = wait(&mut child, || {
        let due = start.elapsed().as_secs() / SIGN_OF_LIFE.as_secs();
        if due > signs {
            signs = due;
            eprintln!("  … {} s", start.elapsed().as_secs());
        }
    })?;
    if !status.success() {
        eprintln!("{}", String::from_utf8_lossy(&std::fs::read(&log.0)?));
    }
    succeeded(&line, status)
}

/// What a program prints, trimmed; `None` when it is missing or fails.
pub(crate) fn output(command: Cmd<'_>) -> Option<String> {
    command.quiet().ignore_stderr().read().ok()
}

/// The file that the shell would run for this name.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// The PATH of this process with some folders before it.
///
/// # Errors
/// When a folder's name holds the separator of PATH.
pub(crate) fn path_with(folders: &[PathBuf]) -> Result<std::ffi::OsString> {
    let rest = std::env::var_os("PATH").unwrap_or_default();
    Ok(std::env::join_paths(folders.iter().cloned().chain(std::env::split_paths(&rest)))?)
}

/// Puts a program into a group of its own, so that [`stop`] reaches what it starts in turn.
pub(crate) fn in_own_group(command: &mut Command) -> &mut Command {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    command.stdin(Stdio::null())
}

/// Asks the group of a program to end, and ends the program after ten seconds if it does not listen.
///
/// # Errors
/// When the system cannot tell about the program.
pub(crate) fn stop(child: &mut Child) -> Result<ExitStatus> {
    let asked = Instant::now();
    let group = format!("-{}", child.id());
    // The standard library can only kill, and only the program itself.
    Command::new("kill").args(["-TERM", "--", &group]).stderr(Stdio::null()).status()?;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if asked.elapsed() > Duration::from_secs(10) {
            child.kill()?;
        }
        std::thread::sleep(POLL);
    }
}

fn wait(child: &mut Child, mut meanwhile: impl FnMut()) -> Result<ExitStatus> {
    loop {
        if let Some(status) = child.try_wait()? {
            interrupt::check()?;
            return Ok(status);
        }
        if interrupt::came() {
            stop(child)?;
            bail!("interrupted");
        }
        meanwhile();
        std::thread::sleep(POLL);
    }
}

fn prepare(command: Cmd<'_>) -> (String, Command) {
    (command.to_string(), command.into())
}

fn succeeded(line: &str, status: ExitStatus) -> Result<()> {
    if !status.success() {
        bail!("`{line}` failed ({status})");
    }
    Ok(())
}

struct LogFile(PathBuf);

impl LogFile {
    fn create() -> Result<Self> {
        let name = format!("mantik-xtask-{}-{:?}.log", std::process::id(), std::thread::current().id());
        let path = std::env::temp_dir().join(name);
        File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for LogFile {
    fn drop(&mut self) {
        remove(&self.0);
    }
}

fn remove(file: &Path) {
    if let Err(error) = std::fs::remove_file(file) {
        eprintln!("warning: {} is left behind: {error}", file.display());
    }
}
