//! When what ended by itself is started again.

use models::time::UnixMillis;

/// How often it may end by itself before it is given up.
const MOST: u64 = 5;
/// For how long it must have answered for earlier ends not to count any more, in milliseconds.
const CALM: i64 = 10 * 60_000;
/// How long after the first end it is started again, and at most, in milliseconds.
const FIRST: i64 = 1_000;
const LONGEST: i64 = 60_000;

/// What is done about an attempt that ended by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// It is started again after so many milliseconds; that is the end of this number.
    Again {
        /// In milliseconds.
        wait: i64,
        /// Counts from 1.
        failures: u64,
    },
    /// It is given up, after so many ends.
    GiveUp(u64),
}

/// What is done at `now` about an attempt that answered since `ready_at`, after so many earlier failures.
pub(super) fn next(failures: u64, ready_at: Option<UnixMillis>, now: UnixMillis) -> Next {
    let was_calm = ready_at.is_some_and(|ready| now.millis_since(ready) >= CALM);
    let failures = if was_calm { 1 } else { failures + 1 };
    if failures >= MOST {
        return Next::GiveUp(failures);
    }
    let doubled = u32::try_from(failures - 1).unwrap_or(u32::MAX).min(16);
    Next::Again { wait: (FIRST << doubled).min(LONGEST), failures }
}

/// How many ends are allowed before it is given up.
pub(super) fn allowed() -> u64 {
    MOST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_end_makes_the_wait_longer_until_it_is_given_up() {
        let mut failures = 0;
        let mut waits = Vec::new();
        let given_up = loop {
            match next(failures, Some(UnixMillis(0)), UnixMillis(5_000)) {
                Next::Again { wait, failures: n } => {
                    waits.push(wait);
                    failures = n;
                }
                Next::GiveUp(n) => break n,
            }
        };
        assert_eq!((waits, given_up), (vec![1_000, 2_000, 4_000, 8_000], MOST));
    }

    #[test]
    fn what_answered_for_long_begins_anew() {
        let again = Next::Again { wait: 1_000, failures: 1 };
        assert_eq!(next(4, Some(UnixMillis(0)), UnixMillis(CALM)), again);
        assert_eq!(next(4, None, UnixMillis(CALM)), Next::GiveUp(5));
    }
}
