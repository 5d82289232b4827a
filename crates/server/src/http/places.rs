//! Bounds how much one key, and all of them, may hold at once.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// How many places are taken, for each key and in all. All clones are one.
#[derive(Debug)]
pub struct Places<K> {
    open: Arc<Mutex<HashMap<K, usize>>>,
    each: usize,
    all: usize,
}

impl<K> Clone for Places<K> {
    fn clone(&self) -> Self {
        Self { open: Arc::clone(&self.open), ..*self }
    }
}

/// One place; given back when dropped.
#[derive(Debug)]
pub struct Place<K: Eq + Hash> {
    key: K,
    places: Places<K>,
}

impl<K: Eq + Hash + Copy> Places<K> {
    /// At most `each` for one, and `all` together.
    #[must_use]
    pub fn new(each: usize, all: usize) -> Self {
        Self { open: Arc::default(), each, all }
    }

    /// A place for one more; `None` when there are too many.
    #[must_use]
    pub fn enter(&self, key: K) -> Option<Place<K>> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.values().sum::<usize>() >= self.all || open.get(&key).is_some_and(|n| *n >= self.each) {
            return None;
        }
        *open.entry(key).or_default() += 1;
        Some(Place { key, places: self.clone() })
    }
}

impl<K: Eq + Hash> Drop for Place<K> {
    fn drop(&mut self) {
        let mut open = self.places.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(n) = open.get_mut(&self.key) {
            *n -= 1;
            if *n == 0 {
                open.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_its_bound_and_all_have_one() {
        let places = Places::new(2, 3);
        let (first, _second) = (places.enter('a'), places.enter('a'));
        assert!(places.enter('a').is_none());
        let _other = places.enter('b');
        assert!(places.enter('c').is_none(), "three are taken");
        drop(first);
        assert!(places.enter('c').is_some());
        assert_eq!(places.open.lock().unwrap().len(), 2, "what is over is forgotten");
    }
}
