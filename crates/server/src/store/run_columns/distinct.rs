//! The distinct values of a column, each kept once.

use std::hash::{BuildHasher as _, RandomState};

use super::column::{Shared, SharedRef};

/// Values in the order in which they came, and where to find each: a table of their places by their hashes, with open
/// addressing, at most half full.
#[derive(Debug, Default)]
pub(super) struct Distinct {
    values: Vec<Shared>,
    /// 0 where nothing is, else one more than a place; a power of two of them.
    slots: Vec<u32>,
    hashes: RandomState,
    /// How much memory the values take besides their places.
    bytes_apart: usize,
}

impl Distinct {
    /// The value with this number, as [`Distinct::number_of`] gives it.
    pub(super) fn get(&self, number: u32) -> Option<&Shared> {
        self.values.get(usize::try_from(number).ok()?.checked_sub(1)?)
    }

    /// All values, that with the number 1 first.
    pub(super) fn values(&self) -> &[Shared] {
        &self.values
    }

    /// The number of a value, from 1; it is added when it is new.
    pub(super) fn number_of(&mut self, value: SharedRef<'_>) -> u32 {
        if self.slots.len() <= 2 * self.values.len() {
            self.grow();
        }
        let slot = self.slot_of(value);
        let found = self.slots.get(slot).copied().unwrap_or_default();
        if found != 0 {
            return found;
        }
        self.bytes_apart += apart(value);
        self.values.push(value.into());
        let number = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.occupy(slot, number);
        number
    }

    /// Adds the values of another; gives the new number of each, that of no value first.
    pub(super) fn join(&mut self, other: Self) -> Vec<u32> {
        if self.values.is_empty() {
            *self = other;
            return (0..).take(self.values.len() + 1).collect();
        }
        let moved = other.values.into_iter().map(|value| self.number_of((&value).into()));
        std::iter::once(0).chain(moved).collect()
    }

    /// Forgets the values that are not to be kept; gives the new number of each, that of no value first.
    pub(super) fn keep(&mut self, is_kept: &[bool]) -> Vec<u32> {
        let mut kept = Self::default();
        let moved = std::mem::take(&mut self.values)
            .into_iter()
            .zip(is_kept)
            .map(|(value, is_kept)| if *is_kept { kept.number_of((&value).into()) } else { 0 });
        let moved = std::iter::once(0).chain(moved).collect();
        *self = kept;
        moved
    }

    /// How much memory it takes.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(self.values.as_slice()) + size_of_val(self.slots.as_slice()) + self.bytes_apart
    }

    /// The slot that has the number of the value, or is free for it.
    fn slot_of(&self, value: SharedRef<'_>) -> usize {
        let mask = self.slots.len().saturating_sub(1);
        // Only the lower bits are wanted.
        let mut slot = usize::try_from(self.hashes.hash_one(value) & 0xffff_ffff).unwrap_or_default() & mask;
        while let Some(number @ 1..) = self.slots.get(slot)
            && self.get(*number).map(SharedRef::from) != Some(value)
        {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        self.slots = vec![0; (2 * self.slots.len()).max(16)];
        for (number, place) in (1..).zip(0..self.values.len()) {
            if let Some(value) = self.values.get(place) {
                self.occupy(self.slot_of(value.into()), number);
            }
        }
    }

    fn occupy(&mut self, slot: usize, number: u32) {
        if let Some(own) = self.slots.get_mut(slot) {
            *own = number;
        }
    }
}

/// How much memory a value takes besides its place.
fn apart(value: SharedRef<'_>) -> usize {
    match value {
        SharedRef::Text(text) => text.len(),
        SharedRef::Several(ids) => size_of_val(ids),
        SharedRef::Id(_) | SharedRef::Number(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_keeps_its_number_while_others_come() {
        let mut distinct = Distinct::default();
        for round in 0..2 {
            for number in 1..5_000 {
                let value = if number % 2 == 0 {
                    Shared::Text(number.to_string())
                } else {
                    Shared::Number(number.into())
                };
                assert_eq!(distinct.number_of((&value).into()), number, "round {round}");
                assert_eq!(distinct.get(number), Some(&value));
            }
        }
        assert_eq!(distinct.values().len(), 4_999);
        assert_eq!((distinct.get(0), distinct.get(5_000)), (None, None));
    }
}
