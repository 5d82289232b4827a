//! Where the browser is.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use leptos_router::params::ParamsMap;

use super::told::Told;

/// The address of the page, for pages and links that come and go. A handle.
#[derive(Clone, Copy)]
pub struct Place {
    path: Told<String>,
    search: Told<String>,
    query: Told<ParamsMap>,
    hash: Told<String>,
}

impl Place {
    /// Tells all below the present owner, which must be below a router, where the browser is.
    pub fn provide() {
        provide_context(Self::follow());
    }

    fn follow() -> Self {
        let location = use_location();
        let place = Self {
            path: Told::following(location.pathname),
            search: Told::following(location.search),
            query: Told::following(location.query),
            hash: Told::following(location.hash),
        };
        // Each page reads it all, also what is the same on the next one.
        place.on_next(move || {
            place.search.renew();
            place.query.renew();
            place.hash.renew();
        });
        place
    }

    /// The place of the app; where none was provided, one of the present owner, which must be below a router.
    #[must_use]
    pub fn current() -> Self {
        use_context().unwrap_or_else(Self::follow)
    }

    /// Does something with each further path, as long as the present owner lives.
    pub fn on_next(self, work: impl Fn() + 'static) {
        Effect::new(move |before: Option<()>| {
            drop(self.path());
            if before.is_some() {
                work();
            }
        });
    }

    /// The path, such as `/projects`.
    #[must_use]
    pub fn path(self) -> String {
        self.path.get().unwrap_or_default()
    }

    /// What follows `?`, without it.
    #[must_use]
    pub fn search(self) -> String {
        self.search.get().unwrap_or_default()
    }

    /// The parameters that `search` holds.
    #[must_use]
    pub fn query(self) -> ParamsMap {
        self.query.get().unwrap_or_default()
    }

    /// What follows `#`, with it.
    #[must_use]
    pub fn hash(self) -> String {
        self.hash.get().unwrap_or_default()
    }
}
