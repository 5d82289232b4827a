//! Saved things in a menu.

use leptos::prelude::*;

use crate::ui::MenuItem;

/// With how many saved things a menu of them can be searched.
pub const MANY: usize = 8;

/// A saved thing to choose.
#[component]
pub fn SavedItem(
    #[prop(into)] chosen: Signal<bool>,
    name: String,
    /// What else is said of it, in brief.
    marks: Vec<String>,
    #[prop(into)] on_select: Callback<()>,
) -> impl IntoView {
    let mark = |mark| view! { <span class="saved-mark">{mark}</span> };
    view! {
        <MenuItem chosen on_select>
            <span class="saved">
                <span class="saved-name">{name}</span>
                {marks.into_iter().map(mark).collect_view()}
            </span>
        </MenuItem>
    }
}

/// A remark among saved things.
#[component]
pub fn SavedNote(#[prop(into)] text: String) -> impl IntoView {
    view! { <p class="saved-note" role="presentation">{text}</p> }
}
