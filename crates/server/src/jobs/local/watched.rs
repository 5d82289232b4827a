//! The processes that a watcher watches over.

use std::fs::File;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitOptions, WaitStatus, getpid, kill_process, wait};

use super::folder::Folder;
use super::processes::descendants;
use crate::jobs::Cause;

/// How often is looked.
const WATCH: Duration = Duration::from_millis(50);
/// How often is said that an environment is in use.
const IN_USE: Duration = Duration::from_secs(3_600);
/// How long processes may take to end when they are asked to.
const GRACE: Duration = Duration::from_secs(10);
/// How much may be printed, in bytes.
const MOST_OUTPUT: u64 = 1_000_000_000;

/// Bounds of what is watched.
pub(super) struct Watched<'w> {
    pub(super) folder: &'w Folder,
    /// When it is ended.
    pub(super) deadline: Option<Instant>,
    /// After what time without a server it is ended.
    pub(super) forgotten: Option<Duration>,
    /// The environment that is in use: one that is not for long is deleted.
    pub(super) environment: Option<&'w Path>,
}

impl Watched<'_> {
    /// Why everything must end now.
    pub(super) fn why_end(&self) -> Option<Cause> {
        if self.folder.is_end_asked_for() {
            return Some(Cause::Cancelled);
        }
        if self.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            return Some(Cause::Limit);
        }
        if self.forgotten.is_some_and(|most| self.folder.unseen_for().is_some_and(|time| time >= most)) {
            return Some(Cause::Cancelled);
        }
        let printed = self.folder.output().metadata().map_or(0, |data| data.len());
        (printed > MOST_OUTPUT).then_some(Cause::Output)
    }

    fn say_in_use(&self) {
        let ready = self.environment.map(|environment| environment.join("ready"));
        if let Some(Ok(file)) = ready.map(|ready| File::options().append(true).open(ready)) {
            // Should it fail, the next time will do.
            let _ = file.set_modified(SystemTime::now());
        }
    }

    /// Waits until a child has ended, or must; then ends all that is left of it, and of what it started. Gives the status
    /// of the child, and why it was ended.
    pub(super) fn follow(&self, child: Pid) -> (Option<WaitStatus>, Option<Cause>) {
        let mut status = None;
        let mut cause = None;
        let mut told = Instant::now();
        while cause.is_none() {
            reap(child, &mut status);
            if status.is_some() {
                break;
            }
            cause = self.why_end();
            if told.elapsed() >= IN_USE {
                told = Instant::now();
                self.say_in_use();
            }
            if cause.is_none() {
                std::thread::sleep(WATCH);
            }
        }
        end_all(child, &mut status);
        (status, cause)
    }
}

/// Ends all processes that descend from this one. They come to be its children when their parents end, so none escapes.
fn end_all(child: Pid, status: &mut Option<WaitStatus>) {
    let begin = Instant::now();
    let mut was_asked = false;
    while reap(child, status) {
        let signal = match (was_asked, begin.elapsed() < GRACE) {
            (false, _) => Some(Signal::TERM),
            (true, true) => None,
            (true, false) => Some(Signal::KILL),
        };
        if let Some(signal) = signal {
            for pid in descendants(getpid()) {
                // It may have ended in the meantime.
                let _ = kill_process(pid, signal);
            }
            was_asked = true;
        }
        std::thread::sleep(WATCH);
    }
}

/// Takes note of the children that have ended; gives whether there are others.
fn reap(child: Pid, status: &mut Option<WaitStatus>) -> bool {
    loop {
        match wait(WaitOptions::NOHANG) {
            Ok(Some((pid, ended))) if pid == child => *status = Some(ended),
            Ok(Some(_)) | Err(Errno::INTR) => {}
            Ok(None) => return true,
            Err(_) => return false,
        }
    }
}
