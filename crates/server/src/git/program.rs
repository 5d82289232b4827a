//! Runs the program `git`.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::process::{Child, Command};

use super::GitError;

/// How much of what git says about an error is read, in bytes.
const MOST_WORDS: u64 = 16 * 1024;
/// How often it is looked how large the folder has become.
const WATCH: Duration = Duration::from_millis(200);

/// What git is asked, and within what.
pub(super) struct Call<'c> {
    /// The repository that it works in.
    pub(super) folder: &'c Path,
    /// Its settings besides those that each call has.
    pub(super) settings: &'c [(String, String)],
    /// What it shall do. Nothing of it comes from outside but ids of objects.
    pub(super) arguments: &'c [&'c str],
    /// How much it may print, in bytes.
    pub(super) most: u64,
    /// How long it may take.
    pub(super) patience: Duration,
}

/// The folder must not grow beyond a size.
pub(super) struct Room {
    /// In megabytes.
    pub(super) limit: u64,
}

/// Settings of each call: nothing of the machine's own, nothing that runs other programs, no transport but that which the
/// caller allows.
const SETTINGS: [(&str, &str); 13] = [
    ("core.hooksPath", "/dev/null"),
    ("core.fsmonitor", "false"),
    ("credential.helper", ""),
    ("protocol.allow", "never"),
    ("http.followRedirects", "false"),
    ("http.proxy", ""),
    ("http.lowSpeedLimit", "1000"),
    ("http.lowSpeedTime", "10"),
    ("fetch.fsckObjects", "true"),
    ("fetch.recurseSubmodules", "false"),
    ("gc.auto", "0"),
    ("maintenance.auto", "false"),
    // Whatever is larger is not held in memory: a pack of some kilobytes may say that it has files of gigabytes.
    ("core.bigFileThreshold", "16m"),
];

impl Call<'_> {
    /// What git printed; where that is more than it may print, the beginning, and it is ended.
    ///
    /// # Errors
    /// What its words mean, when it failed; [`GitError::Unreachable`] when it took too long.
    pub(super) async fn run(self, room: Option<Room>) -> Result<Vec<u8>, GitError> {
        let missing = |error: std::io::Error| match error.kind() == std::io::ErrorKind::NotFound {
            true => GitError::NoProgram,
            false => GitError::Broken(error.to_string()),
        };
        let mut child = self.command().spawn().map_err(missing)?;
        let work = tokio::time::timeout(self.patience, output(&mut child, self.most));
        // Dropped with this function, the program is ended.
        let done = match room {
            None => work.await,
            Some(Room { limit }) => tokio::select! {
                done = work => done,
                () = outgrown(self.folder, limit) => return Err(GitError::TooLarge { limit }),
            },
        };
        let (printed, words) = match done.map_err(|_| GitError::Unreachable)? {
            Ok(whole) => whole,
            Err(Cut::Printed(beginning)) => return Ok(beginning),
            Err(Cut::Failed(error)) => return Err(error),
        };
        match child.wait().await {
            Ok(status) if status.success() => Ok(printed),
            Ok(_) => Err(GitError::told(&String::from_utf8_lossy(&words))),
            Err(error) => Err(GitError::Broken(error.to_string())),
        }
    }

    pub(super) fn command(&self) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.folder).args(self.arguments);
        command.env_clear();
        if let Some(path) = std::env::var_os("PATH") {
            command.env("PATH", path);
        }
        command.env("HOME", "/nonexistent").env("LC_ALL", "C").env("GIT_TERMINAL_PROMPT", "0");
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
        // Settings are no arguments: those can be read by everybody on the machine.
        let fixed = SETTINGS.iter().map(|(name, value)| (*name, *value));
        let own = self.settings.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let mut n_settings = 0;
        for (name, value) in fixed.chain(own) {
            command.env(format!("GIT_CONFIG_KEY_{n_settings}"), name);
            command.env(format!("GIT_CONFIG_VALUE_{n_settings}"), value);
            n_settings += 1;
        }
        command.env("GIT_CONFIG_COUNT", n_settings.to_string());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        command
    }
}

/// Why a program is not listened to until it ends.
enum Cut {
    /// It prints more than it may; the beginning.
    Printed(Vec<u8>),
    /// It cannot be listened to.
    Failed(GitError),
}

/// What a program prints, and the beginning of what it says about errors.
async fn output(child: &mut Child, most: u64) -> Result<(Vec<u8>, Vec<u8>), Cut> {
    let (printed, words) = (child.stdout.take(), child.stderr.take());
    let printed = async {
        let (bytes, is_whole) = begin(printed, most, Rest::Left).await?;
        if is_whole { Ok(bytes) } else { Err(Cut::Printed(bytes)) }
    };
    let words = async { Ok(begin(words, MOST_WORDS, Rest::Read).await?.0) };
    tokio::try_join!(printed, words)
}

/// What is done with the rest of what is written.
#[derive(PartialEq, Eq)]
enum Rest {
    /// It is left, and the writer is not waited for.
    Left,
    /// It is read and forgotten, so that the writer does not wait for ever.
    Read,
}

/// The beginning of what is written, and whether that is all that was wanted.
async fn begin(from: Option<impl AsyncRead + Unpin>, most: u64, rest: Rest) -> Result<(Vec<u8>, bool), Cut> {
    let Some(mut from) = from else { return Ok((Vec::new(), true)) };
    let mut bytes = Vec::new();
    let broken = |error: std::io::Error| Cut::Failed(GitError::Broken(error.to_string()));
    (&mut from).take(most).read_to_end(&mut bytes).await.map_err(broken)?;
    if rest == Rest::Left && bytes.len() as u64 == most {
        return Ok((bytes, false));
    }
    tokio::io::copy(&mut from, &mut tokio::io::sink()).await.map_err(broken)?;
    Ok((bytes, true))
}

/// Returns once the folder has grown beyond so many megabytes.
async fn outgrown(folder: &Path, limit: u64) {
    loop {
        tokio::time::sleep(WATCH).await;
        let folder = folder.to_owned();
        let size = tokio::task::spawn_blocking(move || size(&folder)).await.unwrap_or_default();
        if size > limit * 1_000_000 {
            return;
        }
    }
}

/// The bytes of all files in a folder; what cannot be read counts nothing.
pub(super) fn size(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let of = |entry: std::fs::DirEntry| match entry.metadata() {
        Ok(data) if data.is_dir() => size(&entry.path()),
        Ok(data) => data.len(),
        Err(_) => 0,
    };
    entries.flatten().map(of).sum()
}
