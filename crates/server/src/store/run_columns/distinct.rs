//! The distinct values of a column, each kept once.

use std::hash::{BuildHasher as _, RandomState};
use std::sync::LazyLock;

use super::column::{Shared, SharedRef, put};

/// The same for all, so that what one has hashed no other hashes again.
static HASHES: LazyLock<RandomState> = LazyLock::new(RandomState::new);

/// Values in the order in which they came, and where to find each: a table of their places by their hashes, with open
/// addressing, at most half full.
#[derive(Debug, Default)]
pub(super) struct Distinct {
    values: Vec<Shared>,
    /// The hash of each.
    hashes: Vec<u32>,
    /// 0 where nothing is, else one more than a place; a power of two of them.
    slots: Vec<u32>,
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
        let hash = hash(value);
        match self.find(hash, value) {
            Ok(number) => number,
            Err(slot) => self.add(slot, hash, value.into()),
        }
    }

    /// Adds the values of another; gives the new number of each, that of no value first.
    pub(super) fn join(&mut self, other: Self) -> Vec<u32> {
        if self.values.is_empty() {
            *self = other;
            return (0..).take(self.values.len() + 1).collect();
        }
        let moved = other.values.into_iter().zip(other.hashes).map(|(value, hash)| self.take(hash, value));
        std::iter::once(0).chain(moved).collect()
    }

    /// Forgets the values that are not to be kept; gives the new number of each, that of no value first.
    pub(super) fn keep(&mut self, is_kept: &[bool]) -> Vec<u32> {
        let before = std::mem::take(self);
        let values = before.values.into_iter().zip(before.hashes).zip(is_kept);
        let moved = values.map(|((value, hash), is_kept)| if *is_kept { self.take(hash, value) } else { 0 });
        std::iter::once(0).chain(moved).collect()
    }

    /// How much memory it takes.
    pub(super) fn bytes(&self) -> usize {
        let places = size_of_val(self.hashes.as_slice()) + size_of_val(self.slots.as_slice());
        size_of_val(self.values.as_slice()) + places + self.bytes_apart
    }

    /// The number of a value of this hash, which is added when it is new.
    fn take(&mut self, hash: u32, value: Shared) -> u32 {
        match self.find(hash, (&value).into()) {
            Ok(number) => number,
            Err(slot) => self.add(slot, hash, value),
        }
    }

    /// The number of a value, or the free slot for it: there is one.
    fn find(&mut self, hash: u32, value: SharedRef<'_>) -> Result<u32, usize> {
        if self.slots.len() <= 2 * self.values.len() {
            self.grow();
        }
        let mut slot = self.first_slot(hash);
        while let Some(number @ 1..) = self.slots.get(slot).copied() {
            let place = usize::try_from(number).unwrap_or_default() - 1;
            if self.hashes.get(place) == Some(&hash)
                && self.values.get(place).map(SharedRef::from) == Some(value)
            {
                return Ok(number);
            }
            slot = self.next_slot(slot);
        }
        Err(slot)
    }

    fn add(&mut self, slot: usize, hash: u32, value: Shared) -> u32 {
        self.bytes_apart += apart((&value).into());
        self.values.push(value);
        self.hashes.push(hash);
        let number = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        put(&mut self.slots, slot, number);
        number
    }

    fn grow(&mut self) {
        self.slots = vec![0; (2 * self.slots.len()).max(16)];
        for (number, place) in (1..).zip(0..self.hashes.len()) {
            let mut slot = self.first_slot(self.hashes.get(place).copied().unwrap_or_default());
            while self.slots.get(slot).is_some_and(|number| *number != 0) {
                slot = self.next_slot(slot);
            }
            put(&mut self.slots, slot, number);
        }
    }

    fn first_slot(&self, hash: u32) -> usize {
        usize::try_from(hash).unwrap_or_default() & self.mask()
    }

    fn next_slot(&self, slot: usize) -> usize {
        (slot + 1) & self.mask()
    }

    fn mask(&self) -> usize {
        self.slots.len().saturating_sub(1)
    }
}

fn hash(value: SharedRef<'_>) -> u32 {
    // Only the lower bits are wanted.
    u32::try_from(HASHES.hash_one(value) & 0xffff_ffff).unwrap_or_default()
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
