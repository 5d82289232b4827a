//! How much work a question to memory may make: its filter may ask anything of each of a million texts.

use std::time::{Duration, Instant};

use crate::store::StoreError;

/// How long a question may take. As long as it does, nobody reads what has changed in its runs.
const MOST: Duration = Duration::from_secs(2);
/// About so many bytes are looked at between two looks at the clock.
const PIECE: usize = 64 * 1024;

/// The work that a question may still make.
#[derive(Debug)]
pub(in crate::store) struct Budget {
    until: Instant,
    left: usize,
}

impl Budget {
    /// That of a question that begins now.
    pub(in crate::store) fn new() -> Self {
        Self::of(MOST)
    }

    fn of(most: Duration) -> Self {
        Self { until: Instant::now() + most, left: 0 }
    }

    /// Takes note of work that is done next: as much as to look at so many bytes.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when the question has taken too long.
    pub(super) fn spend(&mut self, n_bytes: usize) -> Result<(), StoreError> {
        if let Some(left) = self.left.checked_sub(n_bytes) {
            self.left = left;
            return Ok(());
        }
        if Instant::now() >= self.until {
            let message = "This takes too long over so many runs. Narrow it down by what is compared quickly, such as the \
                           experiment or the status, or ask for a part of a text with LIKE instead of an expression.";
            return Err(StoreError::Invalid { field: "query.filter", message: message.to_owned() });
        }
        self.left = PIECE;
        Ok(())
    }
}

#[cfg(test)]
pub(super) fn spent() -> Budget {
    Budget { until: Instant::now(), left: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_is_looked_at_between_pieces() {
        let mut budget = Budget::of(Duration::from_secs(3600));
        (0..1_000).for_each(|_| budget.spend(1_000).unwrap());
        budget.until = Instant::now();
        let n = (0..1_000).take_while(|_| budget.spend(1_000).is_ok()).count();
        assert!(n <= PIECE / 1_000, "{n}");
        assert!(matches!(budget.spend(PIECE + 1), Err(StoreError::Invalid { field: "query.filter", .. })));
    }
}
