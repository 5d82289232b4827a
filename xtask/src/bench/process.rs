//! A server that is measured: how soon it answers, and how much memory it takes.

use std::fs::File;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::http::{Client, Question};
use crate::{command, interrupt};

const PATIENCE: Duration = Duration::from_secs(120);
const POLL: Duration = Duration::from_millis(2);

/// A server that runs; ended when dropped.
pub(super) struct Process {
    child: Child,
    pub(super) port: u16,
    /// How long it took from its start to its first good answer.
    pub(super) start_up: Duration,
}

impl Process {
    /// Starts a server, and waits until it answers at `path`.
    ///
    /// # Errors
    /// When it ends, or does not answer in two minutes; its output is in `log`.
    pub(super) fn start(mut server: Command, port: u16, path: &str, log: &Path) -> Result<Self> {
        let output = File::create(log)?;
        server.stdout(output.try_clone()?).stderr(output);
        let begin = Instant::now();
        let child = command::in_own_group(&mut server).spawn().context("the server does not start")?;
        let mut process = Self { child, port, start_up: Duration::ZERO };
        let question = Question::get(path);
        while !process.answers(&question) {
            interrupt::check()?;
            if process.child.try_wait()?.is_some() || begin.elapsed() > PATIENCE {
                bail!("the server does not answer; see {}", log.display());
            }
            std::thread::sleep(POLL);
        }
        process.start_up = begin.elapsed();
        Ok(process)
    }

    fn answers(&self, question: &Question) -> bool {
        Client::connect(self.port, None)
            .and_then(|mut client| client.send(question))
            .is_ok_and(|answer| answer.status < 300)
    }

    /// The memory of the server and of all that it started, in megabytes; shared pages are shared out.
    ///
    /// # Errors
    /// When the system does not tell.
    pub(super) fn megabytes(&self) -> Result<f64> {
        let group = self.child.id();
        let mut kilobytes = 0.0;
        for entry in std::fs::read_dir("/proc")? {
            let folder = entry?.path();
            if group_of(&folder) == Some(group) {
                kilobytes += share(&folder).unwrap_or_default();
            }
        }
        Ok(kilobytes / 1024.0)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Err(error) = command::stop(&mut self.child) {
            eprintln!("warning: a server is left behind: {error:#}");
        }
    }
}

/// The group of a process: the third field after its name, which is in brackets.
fn group_of(folder: &Path) -> Option<u32> {
    let text = std::fs::read_to_string(folder.join("stat")).ok()?;
    text.rsplit_once(')')?.1.split_whitespace().nth(2)?.parse().ok()
}

fn share(folder: &Path) -> Option<f64> {
    let text = std::fs::read_to_string(folder.join("smaps_rollup")).ok()?;
    let line = text.lines().find(|line| line.starts_with("Pss:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// A port that nobody listens on.
///
/// # Errors
/// When there is none.
pub(super) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
