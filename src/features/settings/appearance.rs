//! Light or dark.

use leptos::prelude::*;

use crate::ui::{Choice, ChoiceCards, Panel, Theme, ThemeChoice};

/// The theme, which changes at once and is kept in this browser.
#[component]
pub(super) fn Appearance() -> impl IntoView {
    let card =
        |choice: ThemeChoice| Choice::new(choice, choice.title()).text(meaning(choice)).icon(choice.icon());
    view! {
        <Panel title="Theme" text="It changes at once, and is kept in this browser.">
            <ChoiceCards label="Colours" value=Theme::current().signal() choices=ThemeChoice::ALL.map(card).to_vec()/>
        </Panel>
    }
}

fn meaning(choice: ThemeChoice) -> &'static str {
    match choice {
        ThemeChoice::System => "Follows your system, also when it changes.",
        ThemeChoice::Light => "Dark text on light.",
        ThemeChoice::Dark => "Light text on dark.",
    }
}
