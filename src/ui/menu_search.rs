//! Finding an item of a menu that has many.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// What is looked for among the items of a menu, which shows only those that it is found in.
#[derive(Debug, Clone, Copy)]
pub struct MenuSearch {
    /// What the line is for: `Search views`.
    pub label: &'static str,
    /// What is looked for; nothing each time the menu opens.
    pub value: RwSignal<String>,
    /// Whether there are so many items that a line to look for them is of use.
    pub wanted: Signal<bool>,
}

/// The line above the items. Letters typed anywhere in the menu come here, and Enter takes the first item found.
pub(super) fn search_line(search: MenuSearch) -> impl IntoView {
    view! {
        <div class="menu-search">
            <Icon name=IconName::Search/>
            <input
                class="input"
                type="search"
                aria-label=search.label
                placeholder=search.label
                autocomplete="off"
                spellcheck="false"
                bind:value=search.value
            />
        </div>
    }
}
