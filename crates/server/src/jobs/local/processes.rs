//! Looks at the processes of this machine.

use std::collections::HashMap;

use rustix::process::{Pid, Signal, kill_process};

/// The processes that descend from one, itself not among them. Those that have ended and wait for their parent count.
pub(super) fn descendants(of: Pid) -> Vec<Pid> {
    let mut children = HashMap::<i32, Vec<i32>>::new();
    for pid in all() {
        if let Some(parent) = parent(pid) {
            children.entry(parent).or_default().push(pid);
        }
    }
    let mut found = Vec::new();
    let mut next = vec![of.as_raw_nonzero().get()];
    while let Some(pid) = next.pop() {
        let own = children.remove(&pid).unwrap_or_default();
        found.extend(own.iter().copied().filter_map(Pid::from_raw));
        next.extend(own);
    }
    found
}

/// Kills the processes in whose environment this stands: what is left of an attempt whose watcher is gone.
pub(super) fn kill_marked(variable: &str) {
    let own = rustix::process::getpid();
    for pid in marked(variable).filter_map(Pid::from_raw).filter(|pid| *pid != own) {
        // It may have ended in the meantime.
        let _ = kill_process(pid, Signal::KILL);
    }
}

/// Whether a process in whose environment this stands has the socket of this number.
#[must_use]
pub fn holds_socket(variable: &str, inode: u64) -> bool {
    let socket = format!("socket:[{inode}]");
    marked(variable).any(|pid| {
        let opened = std::fs::read_dir(format!("/proc/{pid}/fd")).into_iter().flatten().flatten();
        let mut targets = opened.filter_map(|entry| std::fs::read_link(entry.path()).ok());
        targets.any(|target| target.as_os_str() == socket.as_str())
    })
}

fn marked(variable: &str) -> impl Iterator<Item = i32> {
    all().filter(move |pid| {
        let environment = std::fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
        environment.split(|byte| *byte == 0).any(|entry| entry == variable.as_bytes())
    })
}

fn all() -> impl Iterator<Item = i32> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

/// The parent, which stands after the state; the name before that, in brackets, may hold anything.
fn parent(pid: i32) -> Option<i32> {
    let line = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    line.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    fn children_of_children_are_found() {
        let mut child = Command::new("sh").args(["-c", "sleep 30 & wait"]).spawn().unwrap();
        let own = Pid::from_child(&child);
        for _ in 0..100 {
            if !descendants(own).is_empty() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        let found = descendants(own);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(descendants(rustix::process::getpid()).contains(&found[0]));
        found.iter().for_each(|pid| kill_process(*pid, Signal::KILL).unwrap());
        child.wait().unwrap();
    }

    #[test]
    fn marked_processes_are_killed() {
        let mark = format!("MANTIK_TEST={}", uuid::Uuid::new_v4());
        let (name, value) = mark.split_once('=').unwrap();
        let mut child = Command::new("sleep").arg("30").env(name, value).spawn().unwrap();
        // A process that has just begun may not show its environment for a moment.
        while marked(&mark).next().is_none() && child.try_wait().unwrap().is_none() {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        kill_marked(&mark);
        assert!(!child.wait().unwrap().success());
    }
}
