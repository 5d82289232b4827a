//! The name of the page, as tabs and bookmarks show it.

use leptos::prelude::*;

/// Names the page on screen; follows what `title` reads.
pub fn page_title(title: impl Fn() -> String + 'static) {
    Effect::new(move || {
        let title = title();
        document().set_title(&if title.is_empty() {
            "Mantik".to_owned()
        } else {
            format!("{title} · Mantik")
        });
    });
}
