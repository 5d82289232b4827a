//! What many read who come and go.

use leptos::prelude::*;

/// A value that is read by many who come and go. Whoever has read a signal or a memo stays in its list of readers, also
/// when it is gone, and that list would grow as long as the page is open; so each value is told by a signal of its own,
/// to which the readers go over. A handle.
pub struct Told<T: Send + Sync + 'static>(StoredValue<ArcRwSignal<T>>);

impl<T: Send + Sync + 'static> Clone for Told<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Told<T> {}

impl<T: Clone + Send + Sync + 'static> Told<T> {
    /// Tells this value first.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self(StoredValue::new(ArcRwSignal::new(value)))
    }

    /// Tells what a memo says, as long as the present owner lives. The readers hear of a change after those of the memo.
    #[must_use]
    pub fn following(memo: Memo<T>) -> Self
    where
        T: PartialEq,
    {
        let told = Self::new(memo.get_untracked());
        Effect::new(move || {
            let now = memo.get();
            if told.0.try_with_value(|signal| signal.with_untracked(|before| *before != now)) == Some(true) {
                told.set(now);
            }
        });
        told
    }

    /// The value; `None` when who told it is gone. Who reads it hears of the next one.
    #[must_use]
    pub fn get(self) -> Option<T> {
        self.0.try_get_value().map(|signal| signal.get())
    }

    /// Tells the same again, so that those are forgotten who read it and are gone.
    pub fn renew(self) {
        if let Some(signal) = self.0.try_get_value() {
            self.set(signal.get_untracked());
        }
    }

    /// Tells another value.
    pub fn set(self, value: T) {
        let next = ArcRwSignal::new(value.clone());
        if let Some(before) = self.0.try_update_value(|signal| std::mem::replace(signal, next)) {
            before.set(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_is_told_by_a_signal_of_its_own() {
        Owner::new().with(|| {
            let told = Told::new(1);
            let read = Memo::new(move |_| told.get());
            assert_eq!(read.get_untracked(), Some(1));
            let first = told.0.get_value();
            told.set(2);
            assert_eq!(read.get_untracked(), Some(2));
            told.set(3);
            assert_eq!((read.get_untracked(), first.get_untracked()), (Some(3), 2));
        });
    }
}
