//! What is told of the end of a run.

use std::time::Duration;

use models::run::RunStatus;

use super::executor::{Cause, Exit};
use crate::store::{ExecutorKind, JobEnd};

/// The end of a job that a machine tells of.
pub(super) fn ended(exit: &Exit, wall_limit: Option<Duration>, was_cancelled: bool) -> JobEnd {
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
        // Where a machine ends what it is asked to end, it calls that a failure.
        (Some(Cause::Machine(_)), ..) if was_cancelled => (RunStatus::Killed, "Cancelled.".to_owned()),
        (Some(Cause::Machine(words)), code, _) => (RunStatus::Failed, of_machine(words, code)),
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

/// What failed on a machine, by the status of the command and the machine's own words.
fn of_machine(words: &str, code: Option<i32>) -> String {
    let code = match code {
        Some(0) | None => String::new(),
        Some(127) => "Exit code 127: a program of the command is not there. Check its name, load its module, or name an \
                      environment that has it. "
            .to_owned(),
        Some(137) => "Exit code 137: ended by signal 9 (SIGKILL), most often because memory ran out. ".to_owned(),
        Some(code) => format!("Exit code {code}. "),
    };
    let words = match words {
        "" if code.is_empty() => {
            "The site says that it failed, and not why; the end of the log may tell.".to_owned()
        }
        "" => String::new(),
        words => format!("The site says: {}", words.trim_end_matches('.')) + ".",
    };
    format!("{code}{words}").trim_end().to_owned()
}

/// The end of a job that never began.
pub(super) fn refused(message: String) -> JobEnd {
    JobEnd { status: RunStatus::Failed, at: crate::clock::now(), message }
}

/// The end of a job whose machine could not be asked for too long.
pub(super) fn given_up(message: &str) -> JobEnd {
    refused(format!(
        "{message} This went on for a week, so nobody knows how the run ended, or whether it began."
    ))
}

/// The end of a job that was cancelled before it began.
pub(super) fn cancelled() -> JobEnd {
    let message = "Cancelled before it began.".to_owned();
    JobEnd { status: RunStatus::Killed, at: crate::clock::now(), message }
}

/// The end of a job of which nothing is left.
pub(super) fn vanished(executor: ExecutorKind, was_cancelled: bool) -> JobEnd {
    let message = match executor {
        ExecutorKind::Local => {
            "What watched over the processes of this run is gone, and with it how they ended: the machine was restarted, or \
             somebody ended it. Start the run again."
        }
        ExecutorKind::Unicore => {
            "The site does not know the job of this run any more: somebody deleted it there, or the site cleared it away. \
             How it ended is not known. Start the run again."
        }
    };
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
        let exit = |code, signal, cause| Exit { began: None, at: UnixMillis(1), code, signal, cause };
        let machine = |words: &str| Some(Cause::Machine(words.to_owned()));
        for (exit, status, expected) in [
            (exit(Some(0), None, None), RunStatus::Finished, "Exit code 0"),
            (exit(Some(3), None, None), RunStatus::Failed, "Exit code 3."),
            (exit(Some(127), None, None), RunStatus::Failed, "not on this machine"),
            (exit(None, Some(9), None), RunStatus::Failed, "memory"),
            (exit(None, Some(15), Some(Cause::Cancelled)), RunStatus::Killed, "Cancelled"),
            (exit(None, Some(9), Some(Cause::Limit)), RunStatus::Failed, "its limit of 2 h"),
            (exit(Some(1), None, Some(Cause::Environment)), RunStatus::Failed, "(exit code 1)"),
            (
                exit(Some(3), None, machine("Failed.")),
                RunStatus::Failed,
                "Exit code 3. The site says: Failed.",
            ),
            (exit(Some(127), None, machine("")), RunStatus::Failed, "load its module"),
            (exit(None, None, machine("Job timed out")), RunStatus::Failed, "The site says: Job timed out."),
            (exit(None, None, machine("")), RunStatus::Failed, "and not why"),
        ] {
            let end = ended(&exit, Some(Duration::from_secs(7_200)), false);
            assert!(end.status == status && end.message.contains(expected), "{end:?}");
        }
    }

    #[test]
    fn what_was_cancelled_did_not_fail_unless_it_had_ended_well() {
        let exit = |code, cause| Exit { began: None, at: UnixMillis(1), code, signal: None, cause };
        let aborted = exit(None, Some(Cause::Machine("aborted".to_owned())));
        assert_eq!(ended(&aborted, None, true).status, RunStatus::Killed);
        assert_eq!(ended(&exit(Some(0), None), None, true).status, RunStatus::Finished);
    }

    #[test]
    fn a_limit_is_spelled_in_its_largest_unit() {
        let spell = |seconds| spelled(Duration::from_secs(seconds));
        assert_eq!([86_400, 7_200, 1_800, 90].map(spell), ["1 d", "2 h", "30 min", "90 s"]);
    }
}
