//! Places for what takes long before a run begins, shared among people.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use models::id::UserId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};

/// Places, of which each person has some at most: so nobody's slow hosts keep others waiting.
#[derive(Debug)]
pub(super) struct Places {
    all: Semaphore,
    n_each: usize,
    people: Mutex<HashMap<UserId, Arc<Semaphore>>>,
}

/// A place, until it is dropped.
#[derive(Debug)]
pub(super) struct Place<'p> {
    _own: Option<OwnedSemaphorePermit>,
    _one: Option<SemaphorePermit<'p>>,
}

impl Places {
    /// So many places, of which each person has `n_each` at most.
    pub(super) fn new(n_places: usize, n_each: usize) -> Self {
        Self { all: Semaphore::new(n_places), n_each, people: Mutex::default() }
    }

    /// Waits for a place. Who waits for her own keeps nobody else waiting.
    pub(super) async fn take(&self, person: UserId) -> Place<'_> {
        let own = {
            let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
            people.retain(|_, places| Arc::strong_count(places) > 1);
            let new = || Arc::new(Semaphore::new(self.n_each));
            Arc::clone(people.entry(person).or_insert_with(new))
        };
        // They are never closed, so both are there.
        let own = own.acquire_owned().await.ok();
        Place { _own: own, _one: self.all.acquire().await.ok() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt as _;
    use uuid::Uuid;

    #[test]
    fn nobody_takes_the_places_of_all() {
        let places = Places::new(3, 2);
        let [ann, bob, eve] = [1, 2, 3].map(|number| UserId(Uuid::from_u128(number)));
        let take = |person| places.take(person).now_or_never();
        let (first, second) = (take(ann), take(ann));
        assert!(first.is_some() && second.is_some());
        assert!(take(ann).is_none(), "she has her share");
        let third = take(bob);
        assert!(third.is_some());
        assert!(take(eve).is_none(), "there is none left");
        drop(first);
        assert!(take(eve).is_some());
        drop((second, third));
        assert!(take(ann).is_some());
        assert!(places.people.lock().unwrap().len() <= 2, "who has left is forgotten");
    }
}
