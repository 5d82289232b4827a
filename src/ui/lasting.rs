//! What is made late, and lasts all the same.

use leptos::prelude::*;

use super::home::Home;

/// Something that is made when it is first needed, and lasts as long as where `Lasting` was made: a write that a menu sends
/// must not go when the menu closes. A handle.
pub struct Lasting<T: Copy + Send + Sync + 'static> {
    home: Home,
    made: StoredValue<Option<T>>,
}

impl<T: Copy + Send + Sync + 'static> Clone for Lasting<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Copy + Send + Sync + 'static> Copy for Lasting<T> {}

impl<T: Copy + Send + Sync + 'static> Default for Lasting<T> {
    fn default() -> Self {
        Self { home: Home::here(), made: StoredValue::new(None) }
    }
}

impl<T: Copy + Send + Sync + 'static> Lasting<T> {
    /// What was made, or is made now.
    pub fn get_or(self, make: impl FnOnce() -> T) -> T {
        self.made.try_get_value().flatten().unwrap_or_else(|| {
            let made = match self.home.owner() {
                Some(owner) => owner.with(make),
                None => make(),
            };
            self.made.try_set_value(Some(made));
            made
        })
    }
}
