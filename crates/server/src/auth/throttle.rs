//! Makes guessing passwords slow, without ever locking a person out for good.

use models::time::UnixMillis;

/// How many failures are free, and how long the next try has to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Throttle {
    n_free: u64,
}

impl Throttle {
    /// For one name.
    pub const NAME: Self = Self { n_free: 5 };
    /// For one network, in which many may sit.
    pub const NETWORK: Self = Self { n_free: 30 };
    /// After so long without a failure all is forgotten, in milliseconds.
    pub const MEMORY: i64 = 24 * 3_600_000;

    const MAX_WAIT: u64 = 15 * 60_000;

    /// How long to wait still before the next try, in milliseconds; 0 when it may be made now.
    #[must_use]
    pub fn wait(self, n_failures: u64, last_at: UnixMillis, now: UnixMillis) -> u64 {
        let Some(doublings) = n_failures.checked_sub(self.n_free) else { return 0 };
        let pause = 1000_u64.checked_shl(u32::try_from(doublings).unwrap_or(u32::MAX).min(20));
        let pause = pause.unwrap_or(Self::MAX_WAIT).min(Self::MAX_WAIT);
        // A clock that was put back must not lengthen the wait.
        let passed = now.0.abs_diff(last_at.0);
        pause.saturating_sub(passed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_are_free_and_then_each_wait_is_twice_the_last() {
        let waits: Vec<u64> = (0..10).map(|n| wait(n, 0)).collect();
        assert_eq!(waits, [0, 0, 0, 0, 0, 1000, 2000, 4000, 8000, 16_000]);
        assert_eq!(wait(20, 0), 900_000);
        assert_eq!(wait(u64::MAX, 0), 900_000);
    }

    #[test]
    fn time_that_has_passed_counts() {
        assert_eq!(wait(6, 500), 1500);
        assert_eq!(wait(6, 2000), 0);
        assert_eq!(wait(6, -2000), 0);
    }

    fn wait(n_failures: u64, passed: i64) -> u64 {
        Throttle::NAME.wait(n_failures, UnixMillis(1_000_000), UnixMillis(1_000_000 + passed))
    }
}
