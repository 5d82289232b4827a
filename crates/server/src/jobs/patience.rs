//! How long a machine that cannot be asked is waited for.

use std::time::Duration;

use models::time::UnixMillis;

/// How long it is tried at most.
const LONGEST: Duration = Duration::from_secs(7 * 24 * 3_600);
/// How long it is waited between two tries, at least and at most.
const PAUSES: (Duration, Duration) = (Duration::from_secs(2), Duration::from_secs(60));

/// Whether it was tried for long enough since `since`.
pub(super) fn is_over(since: UnixMillis, now: UnixMillis) -> bool {
    elapsed(since, now) > LONGEST
}

/// How long to wait for the next try: as long as it has been in vain so far, within bounds.
pub(super) fn pause(since: UnixMillis, now: UnixMillis) -> Duration {
    elapsed(since, now).clamp(PAUSES.0, PAUSES.1)
}

fn elapsed(since: UnixMillis, now: UnixMillis) -> Duration {
    Duration::from_millis(u64::try_from(now.0.saturating_sub(since.0)).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_become_rarer_and_end_after_a_week() {
        let of = |seconds: i64| {
            let now = UnixMillis(seconds * 1000);
            (pause(UnixMillis(0), now).as_secs(), is_over(UnixMillis(0), now))
        };
        assert_eq!([of(0), of(5), of(3600)], [(2, false), (5, false), (60, false)]);
        assert_eq!(of(8 * 24 * 3600), (60, true));
        assert_eq!(pause(UnixMillis(9), UnixMillis(0)).as_secs(), 2, "a clock may be set back");
    }
}
