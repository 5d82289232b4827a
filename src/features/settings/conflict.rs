//! Forms that stand on a page, and settings that change under them.

use std::sync::Arc;

use leptos::prelude::*;
use models::settings::UserSettings;

use crate::queries::{ApiError, Write};
use crate::ui::{Banner, Button, IconName, Size, Tone};

/// Fills a form anew when the settings change elsewhere. What was typed stays: then the signal holds what is stored now.
pub(super) fn follow<D: Clone + PartialEq + Send + Sync + 'static>(
    settings: Signal<Arc<UserSettings>>,
    read: fn(&UserSettings) -> D,
    typed: impl Fn() -> D + 'static,
    fill: impl Fn(D) + 'static,
) -> RwSignal<Option<D>> {
    let theirs = RwSignal::new(None);
    Effect::new(move |seen: Option<D>| {
        let now = read(&settings.read());
        if let Some(seen) = seen.filter(|seen| *seen != now) {
            let typed = untrack(&typed);
            if typed == seen {
                fill(now.clone());
            } else if typed != now {
                theirs.set(Some(now.clone()));
            }
        }
        now
    });
    theirs
}

/// What is wrong with the form, but for what [`Conflict`] says.
pub(super) fn summary<A, D>(
    summary: Signal<Option<String>>,
    change: Write<A, ()>,
    theirs: RwSignal<Option<D>>,
) -> Signal<Option<String>>
where
    A: Send + Sync + 'static,
    D: Send + Sync + 'static,
{
    Signal::derive(move || {
        let stale = matches!(*change.value().read(), Some(Err(ApiError::Stale(_))));
        match (stale, theirs.read().is_some()) {
            (true, true) => None,
            (true, false) => summary
                .get()
                .map(|_| "Your settings were changed elsewhere in the meantime. Save again.".to_owned()),
            (false, _) => summary.get(),
        }
    })
}

/// Says what is stored now, and offers to take it. Saving again keeps what was typed.
#[component]
pub(super) fn Conflict<D: Clone + Send + Sync + 'static>(
    theirs: RwSignal<Option<D>>,
    /// What is stored, in words.
    words: fn(&D) -> String,
    #[prop(into)] on_take: Callback<D>,
) -> impl IntoView {
    let take = move |stored: D| {
        theirs.set(None);
        on_take.run(stored);
    };
    move || {
        theirs.get().map(|stored| {
            let told = words(&stored);
            view! {
                <Banner tone=Tone::Warning icon=IconName::Users>
                    <p>"This was changed elsewhere in the meantime. " {told} " Save to keep what you typed."</p>
                    <Button size=Size::Small on_click=move |_| take(stored.clone())>"Take what is stored instead"</Button>
                </Banner>
            }
        })
    }
}
