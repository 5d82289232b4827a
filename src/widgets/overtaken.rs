//! Forms whose object somebody else has changed in the meantime.

use std::sync::Arc;

use leptos::prelude::*;

use crate::ui::{Banner, Button, IconName, Size, Tone};

/// How long a value may be to be quoted, in characters.
const QUOTED: usize = 60;

/// Once a change was refused because somebody else was faster: says what they changed, and offers to take it. `seen`
/// becomes their version, so that saving again keeps what was typed.
#[component]
pub fn Overtaken<T: Send + Sync + 'static>(
    /// The object as it is now.
    #[prop(into)]
    latest: Signal<Arc<T>>,
    /// The object as the form knows it.
    seen: RwSignal<Arc<T>>,
    /// Counts the changes of an object.
    version: fn(&T) -> i64,
    /// The change was refused.
    #[prop(into)]
    refused: Signal<bool>,
    /// What differs, in sentences; see [`differences`].
    changes: fn(&T, &T) -> Vec<String>,
    /// Fills the form with `seen`.
    #[prop(into)]
    on_take: Callback<()>,
    /// Becomes true when it has said what changed.
    #[prop(optional)]
    is_told: RwSignal<bool>,
) -> impl IntoView {
    let told = RwSignal::new(Vec::new());
    Effect::new(move || {
        let (now, before) = (latest.get(), seen.get_untracked());
        if refused.get() && version(&now) != version(&before) {
            told.set(changes(&before, &now));
            is_told.set(true);
            seen.set(now);
        }
    });
    let take = move || {
        told.set(Vec::new());
        on_take.run(());
    };
    move || {
        (!told.read().is_empty()).then(|| {
            let line = |change| view! { <li>{change}</li> };
            view! {
                <Banner tone=Tone::Warning icon=IconName::Users>
                    <p>"Somebody else has changed this in the meantime. Save again to keep what you typed."</p>
                    <ul class="changes">{told.get_untracked().into_iter().map(line).collect_view()}</ul>
                    <Button size=Size::Small on_click=move |_| take()>"Take theirs instead"</Button>
                </Banner>
            }
        })
    }
}

/// Sentences about what differs: names, with the value before and now.
#[must_use]
pub fn differences<const N: usize>(values: [(&str, String, String); N]) -> Vec<String> {
    let changed = values.into_iter().filter(|(_, before, now)| before != now);
    let mut told: Vec<_> = changed.map(|(name, _, now)| sentence(name, &now)).collect();
    if told.is_empty() {
        told.push("Something that this form does not show was changed.".to_owned());
    }
    told
}

fn sentence(name: &str, now: &str) -> String {
    match now {
        "" => format!("The {name} is empty now."),
        now if now.chars().count() > QUOTED || now.contains('\n') => format!("The {name} is another."),
        now => format!("The {name} is now “{now}”."),
    }
}

#[cfg(test)]
mod tests {
    use super::differences;

    #[test]
    fn only_what_differs_is_told() {
        let same = ("branch", "main".to_owned(), "main".to_owned());
        let other = ("name", "Rain".to_owned(), "Snow".to_owned());
        assert_eq!(differences([same.clone(), other]), ["The name is now “Snow”."]);
        let long = ("description", String::new(), "x".repeat(61));
        let gone = ("address", "a".to_owned(), String::new());
        assert_eq!(differences([long, gone]), ["The description is another.", "The address is empty now."]);
        assert_eq!(differences([same]), ["Something that this form does not show was changed."]);
    }
}
