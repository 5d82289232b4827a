//! The page of all components.

use leptos::prelude::*;

use super::{actions, charts, facts, figures, forms, icons, navigation, overlays, states, tables};
use crate::ui::{Choice, Density, DensityChoice, PageHeader, Panel, Segmented, Theme, ThemeChoice};

/// Every component of the design system in every state, for who builds pages with them.
#[component]
pub(crate) fn Gallery() -> impl IntoView {
    view! {
        <div class="page">
            <PageHeader
                title="Components"
                about="Every part that the pages of the console are built of, in every state. Look at it light, dark, narrow and by keyboard."
                actions=preferences
            />
            <Panel title="Actions"><actions::Actions/></Panel>
            <Panel title="Forms"><forms::Forms/></Panel>
            <Panel title="In front of the page"><overlays::Overlays/></Panel>
            <Panel title="Finding the way"><navigation::Navigation/></Panel>
            <Panel title="Facts"><facts::Facts/></Panel>
            <Panel title="Numbers"><figures::Figures/></Panel>
            <Panel title="Charts">{charts::charts()}</Panel>
            <Panel title="Tables">{tables::tables()}</Panel>
            <Panel title="Waiting, empty, failed"><states::States/></Panel>
            <Panel title="Icons"><icons::Icons/></Panel>
        </div>
    }
}

fn preferences() -> impl IntoView {
    let themes =
        ThemeChoice::ALL.map(|choice| Choice::new(choice, choice.title()).icon(choice.icon())).to_vec();
    let densities = DensityChoice::ALL.map(|choice| Choice::new(choice, choice.title())).to_vec();
    view! {
        <Segmented label="Colours" value=Theme::current().signal() choices=themes/>
        <Segmented label="Rows" value=Density::current().signal() choices=densities/>
    }
}
