//! How much reading an answer may cost.

use crate::store::StoreError;

/// How many values one answer may have read.
const MOST: u64 = 10_000_000;

/// How many values may still be read for an answer.
#[derive(Debug)]
pub(super) struct Budget(u64);

impl Default for Budget {
    fn default() -> Self {
        Self(MOST)
    }
}

impl Budget {
    /// Takes `n_values` from what may still be read.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when there is not so much left.
    pub(super) fn take(&mut self, n_values: usize) -> Result<(), StoreError> {
        let n_values = u64::try_from(n_values).unwrap_or(u64::MAX);
        self.0 = self.0.checked_sub(n_values).ok_or_else(too_much)?;
        Ok(())
    }
}

/// Says that histories have more values than can be computed with.
pub(super) fn too_much() -> StoreError {
    let message = "these histories have too many values to be computed with at once; ask for fewer runs or metrics, or for \
                   a part of their steps";
    StoreError::Invalid { field: "steps", message: message.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_read_than_an_answer_may_cost() {
        let mut budget = Budget(10);
        assert!(budget.take(10).is_ok());
        assert!(budget.take(0).is_ok());
        assert!(budget.take(1).is_err());
    }
}
