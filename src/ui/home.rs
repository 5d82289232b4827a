//! Making something later that lasts as long as what is around it now.

use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;

/// The owner of the place where this is made, for what is made there later. It does not keep the owner: an owner that holds
/// itself is never dropped, and all that it owns stays in memory. A handle.
#[derive(Debug, Clone, Copy)]
pub struct Home(StoredValue<Option<WeakOwner>>);

impl Home {
    /// The present owner.
    #[must_use]
    pub fn here() -> Self {
        Self(StoredValue::new(Owner::current().map(|owner| owner.downgrade())))
    }

    /// The owner; `None` once it is gone.
    #[must_use]
    pub fn owner(self) -> Option<Owner> {
        self.0.try_get_value().flatten()?.upgrade()
    }

    /// Makes something there; `None` where nothing is any more.
    pub fn within<T>(self, make: impl FnOnce() -> T) -> Option<T> {
        Some(self.owner()?.with(make))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn what_was_made_goes_with_the_owner() {
        let owner = Owner::new();
        let held = Arc::new(());
        let home = owner.with(Home::here);
        let other = Arc::clone(&held);
        assert!(home.within(move || StoredValue::new(other)).is_some());
        assert_eq!(Arc::strong_count(&held), 2);
        drop(owner);
        assert_eq!(Arc::strong_count(&held), 1, "nothing keeps the owner");
        assert!(home.owner().is_none());
    }
}
