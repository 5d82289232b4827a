//! Light or dark, and how high rows are.

use leptos::prelude::*;

use crate::ui::{Choice, ChoiceCards, Density, DensityChoice, Panel, Theme, ThemeChoice};

/// The theme and the density, which change at once and are kept in this browser.
#[component]
pub(super) fn Appearance() -> impl IntoView {
    let theme = |choice: ThemeChoice| {
        Choice::new(choice, choice.title()).text(meaning_of_theme(choice)).icon(choice.icon())
    };
    let density =
        |choice: DensityChoice| Choice::new(choice, choice.title()).text(meaning_of_density(choice));
    view! {
        <Panel title="Theme" text="It changes at once, and is kept in this browser.">
            <ChoiceCards label="Colours" value=Theme::current().signal() choices=ThemeChoice::ALL.map(theme).to_vec()/>
        </Panel>
        <Panel title="Density" text="How high the rows of tables are, in this browser.">
            <ChoiceCards label="Rows" value=Density::current().signal() choices=DensityChoice::ALL.map(density).to_vec()/>
        </Panel>
    }
}

fn meaning_of_theme(choice: ThemeChoice) -> &'static str {
    match choice {
        ThemeChoice::System => "Follows your system, also when it changes.",
        ThemeChoice::Light => "Dark text on light.",
        ThemeChoice::Dark => "Light text on dark.",
    }
}

fn meaning_of_density(choice: DensityChoice) -> &'static str {
    match choice {
        DensityChoice::Compact => "As many rows on screen as can be read.",
        DensityChoice::Standard => "Room enough to read along a row.",
        DensityChoice::Comfortable => "High rows that are easy to hit.",
    }
}
