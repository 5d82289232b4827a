//! What is told of the end of an attempt.

use std::time::Duration;

use crate::jobs::{Cause, Exit};

/// How many of the last lines of the log are told.
pub(super) const LINES: u64 = 12;
/// How much of them, in characters.
const MOST: usize = 2_000;

/// How an attempt ended; `None` where nobody knows.
pub(super) fn ended(exit: Option<&Exit>) -> String {
    let Some(exit) = exit else {
        return "What watched over its processes is gone, and with it how they ended.".to_owned();
    };
    match (&exit.cause, exit.code, exit.signal) {
        (Some(Cause::Output), ..) => "It printed more than 1 GB.".to_owned(),
        (Some(Cause::Environment), code, _) => {
            let code = code.map_or_else(String::new, |code| format!(" (exit code {code})"));
            format!("Its environment could not be made{code}.")
        }
        (Some(Cause::Start(reason)), ..) => format!("It could not be started: {reason}."),
        (Some(Cause::Machine(reason)), ..) => reason.clone(),
        (Some(Cause::Cancelled | Cause::Limit), ..) => "It was ended.".to_owned(),
        (None, Some(code), _) => format!("It ended with exit code {code}."),
        (None, None, Some(9)) => {
            "It was ended by signal 9 (SIGKILL), most often because memory ran out.".to_owned()
        }
        (None, None, Some(signal)) => format!("It was ended by signal {signal}."),
        (None, None, None) => "It ended, and nobody knows how.".to_owned(),
    }
}

/// That it did not answer in time.
pub(super) fn late(limit: Duration) -> String {
    format!(
        "It did not answer within {} seconds. Allow it more time, or see in its log what keeps it.",
        limit.as_secs()
    )
}

/// The reason, with the last lines that were printed.
pub(super) fn with_log(reason: &str, lines: &[String]) -> String {
    let log = lines.join("\n");
    let skipped = log.chars().count().saturating_sub(MOST);
    let log: String =
        log.chars().skip(skipped).filter(|letter| *letter == '\n' || !letter.is_control()).collect();
    if log.trim().is_empty() { reason.to_owned() } else { format!("{reason}\n{}", log.trim_end()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::time::UnixMillis;

    #[test]
    fn an_end_says_how_it_came() {
        let exit = |code, signal, cause| Exit { began: None, at: UnixMillis(1), code, signal, cause };
        for (exit, expected) in [
            (exit(Some(3), None, None), "exit code 3"),
            (exit(None, Some(9), None), "memory"),
            (exit(Some(1), None, Some(Cause::Environment)), "environment could not be made (exit code 1)"),
        ] {
            let words = ended(Some(&exit));
            assert!(words.contains(expected), "{words}");
        }
        assert!(ended(None).contains("is gone"));
    }

    #[test]
    fn the_last_lines_follow_without_what_a_terminal_would_obey() {
        let lines = ["first\u{1b}[2J\0".to_owned(), "last".to_owned()];
        assert_eq!(with_log("It ended.", &lines), "It ended.\nfirst[2J\nlast");
        assert_eq!(with_log("It ended.", &[]), "It ended.");
        let long = with_log("It ended.", &["x".repeat(5_000)]);
        assert_eq!(long.len(), "It ended.\n".len() + MOST);
    }
}
