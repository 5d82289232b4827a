//! What many read who come and go.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use leptos::prelude::*;

/// After how many readers have left their list is made anew.
const MOST_GONE: usize = 32;

/// A value that many read who come and go. Who has read a signal stays in its list, also when that is gone; so another
/// signal takes its place now and then, to which those who are left go over.
#[derive(Debug, Default)]
pub(super) struct Telling<T: Send + Sync + 'static> {
    signal: Mutex<ArcRwSignal<T>>,
    n_gone: AtomicUsize,
}

impl<T: Clone + Send + Sync + 'static> Telling<T> {
    /// What tells the value now. It is asked for anew each time that the value is read.
    pub(super) fn signal(&self) -> ArcRwSignal<T> {
        self.signal.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes note that a reader is gone.
    pub(super) fn left(&self) {
        self.n_gone.fetch_add(1, Ordering::Relaxed);
    }

    /// Makes the list of readers anew, where many are gone.
    pub(super) fn tidy(&self) {
        if self.n_gone.load(Ordering::Relaxed) < MOST_GONE {
            return;
        }
        self.n_gone.store(0, Ordering::Relaxed);
        let before = {
            let mut signal = self.signal.lock().unwrap_or_else(PoisonError::into_inner);
            let same = ArcRwSignal::new(signal.get_untracked());
            std::mem::replace(&mut *signal, same)
        };
        before.update(|_| ());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_left_goes_on_reading() {
        let owner = Owner::new();
        owner.with(|| {
            let told = StoredValue::new(std::sync::Arc::new(Telling::<u32>::default()));
            let telling = told.get_value();
            let read = Memo::new(move |_| told.get_value().signal().get());
            assert_eq!(read.get_untracked(), 0);
            let first = telling.signal();
            (0..MOST_GONE).for_each(|_| telling.left());
            telling.tidy();
            assert_eq!(read.get_untracked(), 0);
            telling.signal().set(7);
            assert_eq!((read.get_untracked(), first.get_untracked()), (7, 0));
            telling.tidy();
            telling.signal().set(8);
            assert_eq!(read.get_untracked(), 8, "few are gone");
        });
    }
}
