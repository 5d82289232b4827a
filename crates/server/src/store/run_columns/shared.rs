//! A column whose values runs have in common.

use super::{
    column::{SharedRef, put},
    distinct::Distinct,
};

/// Of how many values none is looked for that no run has any more.
const FEW: usize = 1_024;

/// Each distinct value once, and for each run which of them it has.
#[derive(Debug, Default)]
pub(super) struct SharedColumn {
    /// 0 for a run without a value, else the number of its value in `distinct`.
    pub(super) places: Vec<u32>,
    pub(super) distinct: Distinct,
    /// How many values were taken away from runs since it was last looked at what no run has any more.
    n_taken: usize,
}

impl SharedColumn {
    /// `n` runs without a value.
    pub(super) fn empty(n: usize) -> Self {
        Self { places: vec![0; n], ..Self::default() }
    }

    pub(super) fn set(&mut self, at: usize, value: Option<SharedRef<'_>>) {
        self.clear(at);
        let place = self.place_of(value);
        put(&mut self.places, at, place);
    }

    pub(super) fn clear(&mut self, at: usize) {
        self.n_taken += usize::from(self.places.get(at).is_some_and(|place| *place != 0));
        put(&mut self.places, at, 0);
    }

    /// Adds a run behind the others.
    pub(super) fn push(&mut self, value: Option<SharedRef<'_>>) {
        let place = self.place_of(value);
        self.places.push(place);
    }

    fn place_of(&mut self, value: Option<SharedRef<'_>>) -> u32 {
        value.map_or(0, |value| self.distinct.number_of(value))
    }

    /// Puts the values of another column in, each for the run at the next of these places, if any.
    pub(super) fn fill(&mut self, places: impl Iterator<Item = Option<usize>>, other: Self) {
        let moved = self.distinct.join(other.distinct);
        for (at, place) in places.zip(other.places) {
            if let Some(at) = at {
                put(&mut self.places, at, at_place(&moved, place));
            }
        }
    }

    /// Forgets the values that no run has any more, where they are most of all.
    pub(super) fn tidy(&mut self) {
        let n = self.distinct.values().len();
        if self.n_taken < FEW.max(n / 2) {
            return;
        }
        self.n_taken = 0;
        let mut is_used = vec![false; n + 1];
        self.places
            .iter()
            .filter_map(|place| usize::try_from(*place).ok())
            .for_each(|place| put(&mut is_used, place, true));
        if is_used.iter().filter(|is_used| **is_used).count() > n / 2 {
            return;
        }
        let moved = self.distinct.keep(is_used.get(1..).unwrap_or_default());
        self.places.iter_mut().for_each(|place| *place = at_place(&moved, *place));
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(self.places.as_slice()) + self.distinct.bytes()
    }
}

/// The new number of what had this one; no value stays none.
fn at_place(moved: &[u32], place: u32) -> u32 {
    usize::try_from(place).ok().and_then(|place| moved.get(place)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::run_columns::Shared;

    fn texts(column: &SharedColumn) -> Vec<Option<&Shared>> {
        column.places.iter().map(|place| column.distinct.get(*place)).collect()
    }

    #[test]
    fn values_that_no_run_has_any_more_are_forgotten() {
        let mut column = SharedColumn::empty(3);
        column.set(1, Some(SharedRef::Text("stays")));
        for number in 0..5_000 {
            column.set(2, Some(SharedRef::Text(&number.to_string())));
            column.tidy();
        }
        assert!(column.distinct.values().len() < 3_000, "{}", column.distinct.values().len());
        assert!(column.bytes() < 200_000, "{}", column.bytes());
        let (stays, last) = (Shared::Text("stays".to_owned()), Shared::Text("4999".to_owned()));
        assert_eq!(texts(&column), [None, Some(&stays), Some(&last)]);
    }

    #[test]
    fn parts_become_one_column() {
        let mut column = SharedColumn::empty(4);
        for (places, values) in [([2, 0], ["a", "b"]), ([1, 3], ["b", "c"])] {
            let mut part = SharedColumn::default();
            values.iter().for_each(|value| part.push(Some(SharedRef::Text(value))));
            column.fill(places.into_iter().map(|place| Some(place).filter(|place| *place != 3)), part);
        }
        let [a, b] = ["a", "b"].map(|text| Shared::Text(text.to_owned()));
        assert_eq!(texts(&column), [Some(&b), Some(&b), Some(&a), None]);
    }
}
