//! What the thing is called that the page is about.

use leptos::prelude::*;

/// What the thing is called that the page on screen is about, as soon as the page knows.
#[derive(Clone, Copy)]
pub struct PageName(RwSignal<Option<Named>>);

/// A name, and what the thing is a part of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// The name and the address of what it is a part of.
    pub within: Option<(String, String)>,
}

impl PageName {
    /// Knows no name yet.
    pub fn provide() {
        provide_context(Self(RwSignal::new(None)));
    }

    /// That of the app. Panics outside of it.
    #[must_use]
    pub fn current() -> Self {
        expect_context()
    }

    /// The name; `None` where the page has told none.
    #[must_use]
    pub fn get(self) -> Option<Named> {
        self.0.get()
    }
}

impl Named {
    /// A name of something that is a part of nothing else.
    #[must_use]
    pub fn alone(name: &str) -> Self {
        Self { name: name.to_owned(), within: None }
    }
}

/// Tells the name of what the page is about, as long as the page is there.
pub fn page_name(name: impl Fn() -> Option<Named> + Send + Sync + 'static) {
    // A page may stand alone, as in a test of it.
    let Some(PageName(known)) = use_context() else { return };
    let name = Memo::new(move |_| name());
    Effect::new(move || known.set(name.get()));
    on_cleanup(move || {
        known.try_set(None);
    });
}
