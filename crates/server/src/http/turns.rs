//! Lets the large questions of each person be answered a few at a time, so that nobody's keep others waiting.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError, Weak},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::places::{Place, Places};
use crate::error::Error;

/// How long who asks too much is told to wait, in seconds.
const PAUSE: u64 = 2;

/// The turns that are taken. All clones are one.
#[derive(Debug, Clone)]
pub struct Turns<K> {
    all: Places<K>,
    each: usize,
    open: Arc<Mutex<HashMap<K, Weak<Semaphore>>>>,
}

/// A turn; given back when dropped.
#[derive(Debug)]
pub struct Turn<K: Eq + Hash> {
    _permit: OwnedSemaphorePermit,
    _place: Place<K>,
}

impl<K: Eq + Hash + Copy> Turns<K> {
    /// Of each person `each` at once; up to `most` that are answered or wait.
    #[must_use]
    pub fn new(each: usize, most: usize) -> Self {
        Self { all: Places::new(most, usize::MAX), each, open: Arc::default() }
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// [`Error::TooManyRequests`] when too many of the same person wait.
    pub async fn take(&self, key: K) -> Result<Turn<K>, Error> {
        let place = self.all.enter(key).ok_or(Error::TooManyRequests { seconds: PAUSE })?;
        let permit = self.places(key).acquire_owned().await.map_err(|_| Error::Unavailable)?;
        Ok(Turn { _permit: permit, _place: place })
    }

    fn places(&self, key: K) -> Arc<Semaphore> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(places) = open.get(&key).and_then(Weak::upgrade) {
            return places;
        }
        open.retain(|_, places| places.strong_count() > 0);
        let places = Arc::new(Semaphore::new(self.each));
        open.insert(key, Arc::downgrade(&places));
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt as _;

    #[tokio::test]
    async fn each_waits_for_her_own_alone() {
        let turns = Turns::new(2, 3);
        let (first, _second) = (turns.take('a').await.unwrap(), turns.take('a').await.unwrap());
        let mut third = Box::pin(turns.take('a'));
        assert!((&mut third).now_or_never().is_none(), "two are answered");
        assert!(turns.take('b').now_or_never().is_some(), "others do not wait");
        assert!(matches!(turns.take('a').await, Err(Error::TooManyRequests { .. })), "three are too many");
        drop(first);
        third.await.unwrap();
        assert_eq!(turns.open.lock().unwrap().len(), 2);
    }
}
