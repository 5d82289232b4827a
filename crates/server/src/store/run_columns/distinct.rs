//! The distinct values of a column, each kept once.

use std::hash::{BuildHasher as _, RandomState};

use super::column::Shared;

/// Values in the order in which they came, and where to find each: a table of their places by their hashes, with open
/// addressing, at most half full. Values stay.
#[derive(Debug, Default)]
pub(super) struct Distinct {
    values: Vec<Shared>,
    /// 0 where nothing is, else one more than a place; a power of two of them.
    slots: Vec<u32>,
    hashes: RandomState,
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
    pub(super) fn number_of(&mut self, value: Shared) -> u32 {
        if self.slots.len() <= 2 * self.values.len() {
            self.grow();
        }
        let slot = self.slot_of(&value);
        let found = self.slots.get(slot).copied().unwrap_or_default();
        if found != 0 {
            return found;
        }
        self.values.push(value);
        let number = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.occupy(slot, number);
        number
    }

    /// The slot that has the number of the value, or is free for it.
    fn slot_of(&self, value: &Shared) -> usize {
        let mask = self.slots.len().saturating_sub(1);
        // Only the lower bits are wanted.
        let mut slot = usize::try_from(self.hashes.hash_one(value) & 0xffff_ffff).unwrap_or_default() & mask;
        while let Some(number @ 1..) = self.slots.get(slot)
            && self.get(*number) != Some(value)
        {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        self.slots = vec![0; (2 * self.slots.len()).max(16)];
        for (number, place) in (1..).zip(0..self.values.len()) {
            if let Some(value) = self.values.get(place) {
                self.occupy(self.slot_of(value), number);
            }
        }
    }

    fn occupy(&mut self, slot: usize, number: u32) {
        if let Some(own) = self.slots.get_mut(slot) {
            *own = number;
        }
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
                assert_eq!(distinct.number_of(value.clone()), number, "round {round}");
                assert_eq!(distinct.get(number), Some(&value));
            }
        }
        assert_eq!(distinct.values().len(), 4_999);
        assert_eq!((distinct.get(0), distinct.get(5_000)), (None, None));
    }
}
