//! What is told of the end of a run.

use std::time::Duration;

use models::run::RunStatus;

use super::executor::{Cause, Exit};
use crate::store::JobEnd;

/// The end of a job that a machine tells of.
pub(super) fn ended(exit: &Exit, wall_limit: Option<Duration>) -> JobEnd {
    let (status, message) = match (&exit.cause, exit.code, exit.signal) {
        (Some(Cause::Cancelled), ..) => (RunStatus::Killed, "Cancelled.".to_owned()),
        (Some(Cause::Limit), ..) => {
            let limit = wall_limit.map_or_else(String::new, |limit| format!(" of {}", spelled(limit)));
            (
                RunStatus::Failed,
                format!("Ended by its limit{limit}. Set a longer `Runtime`, or have it do less."),
            )
        }
        (Some(Cause::Output), ..) => {
            (RunStatus::Failed, "Ended because it printed more than 1 GB. Have it print less.".to_owned())
        }
        (Some(Cause::Environment), code, _) => {
            let code = code.map_or_else(String::new, |code| format!(" (exit code {code})"));
            let message = format!(
                "The environment of the MLproject file could not be made{code}; the end of the log says why."
            );
            (RunStatus::Failed, message)
        }
        (Some(Cause::Start(reason)), ..) => {
            (RunStatus::Failed, format!("The command could not be started: {reason}."))
        }
        (None, Some(0), _) => (RunStatus::Finished, "Exit code 0.".to_owned()),
        (None, Some(127), _) => {
            let message = "Exit code 127: a program of the command is not on this machine. Check its name, or name a \
                           python_env that has it.";
            (RunStatus::Failed, message.to_owned())
        }
        (None, Some(code), _) => (RunStatus::Failed, format!("Exit code {code}.")),
        (None, None, Some(9)) => {
            let message = "Ended by signal 9 (SIGKILL), most often because memory ran out.";
            (RunStatus::Failed, message.to_owned())
        }
        (None, None, Some(signal)) => (RunStatus::Failed, format!("Ended by signal {signal}.")),
        (None, None, None) => (RunStatus::Failed, "Ended, and nobody knows how.".to_owned()),
    };
    JobEnd { status, at: exit.at, message }
}

/// The end of a job that never began.
pub(super) fn refused(message: String) -> JobEnd {
    JobEnd { status: RunStatus::Failed, at: crate::clock::now(), message }
}

/// The end of a job that was cancelled before it began.
pub(super) fn cancelled() -> JobEnd {
    let message = "Cancelled before it began.".to_owned();
    JobEnd { status: RunStatus::Killed, at: crate::clock::now(), message }
}

/// The end of a job of which nothing is left.
pub(super) fn vanished(was_cancelled: bool) -> JobEnd {
    let message = "What watched over the processes of this run is gone, and with it how they ended: the machine was \
                   restarted, or somebody ended it. Start the run again.";
    let status = if was_cancelled { RunStatus::Killed } else { RunStatus::Failed };
    JobEnd { status, at: crate::clock::now(), message: message.to_owned() }
}

fn spelled(time: Duration) -> String {
    let seconds = time.as_secs();
    let units = [(86_400, "d"), (3_600, "h"), (60, "min")];
    let unit = units.into_iter().find(|(unit, _)| seconds >= *unit && seconds.is_multiple_of(*unit));
    unit.map_or_else(|| format!("{seconds} s"), |(unit, name)| format!("{} {name}", seconds / unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::time::UnixMillis;

    #[test]
    fn an_end_says_what_happened() {
        let exit = |code, signal, cause| Exit { at: UnixMillis(1), code, signal, cause };
        for (exit, status, expected) in [
            (exit(Some(0), None, None), RunStatus::Finished, "Exit code 0"),
            (exit(Some(3), None, None), RunStatus::Failed, "Exit code 3."),
            (exit(Some(127), None, None), RunStatus::Failed, "not on this machine"),
            (exit(None, Some(9), None), RunStatus::Failed, "memory"),
            (exit(None, Some(15), Some(Cause::Cancelled)), RunStatus::Killed, "Cancelled"),
            (exit(None, Some(9), Some(Cause::Limit)), RunStatus::Failed, "its limit of 2 h"),
            (exit(Some(1), None, Some(Cause::Environment)), RunStatus::Failed, "(exit code 1)"),
        ] {
            let end = ended(&exit, Some(Duration::from_secs(7_200)));
            assert!(end.status == status && end.message.contains(expected), "{end:?}");
        }
    }

    #[test]
    fn a_limit_is_spelled_in_its_largest_unit() {
        let spell = |seconds| spelled(Duration::from_secs(seconds));
        assert_eq!([86_400, 7_200, 1_800, 90].map(spell), ["1 d", "2 h", "30 min", "90 s"]);
    }
}
