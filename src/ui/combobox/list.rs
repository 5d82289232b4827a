//! The list of a combobox.

use leptos::prelude::*;

use super::{Combobox, ComboboxOption};

/// The list of a [`Combobox`]. The line stands elsewhere, with the role `combobox`, and gives its keys to
/// [`Combobox::press`].
#[component]
pub fn ComboboxList(
    /// What it offers.
    combobox: Combobox,
    /// What there is to choose from.
    #[prop(into)]
    label: String,
    /// What the counts count: `runs`.
    #[prop(optional, into)]
    counted: String,
    /// The CSS anchor below which it stands.
    #[prop(into)]
    anchor: String,
    /// How far from the begin of the anchor it stands, as a length in CSS.
    #[prop(optional, into)]
    offset: Signal<String>,
) -> impl IntoView {
    let list = combobox.list;
    let expanded = Memo::new(move |_| combobox.is_expanded());
    Effect::new(move || {
        let expanded = expanded.get();
        let Some(list) = list.get() else { return };
        if !expanded {
            // Refused only when it is hidden already.
            let _ = list.hide_popover();
        } else if list.show_popover().is_err() {
            // It stands in a popover that is about to be shown itself.
            request_animation_frame(move || {
                if expanded_now(combobox) {
                    // Refused only when it is shown already.
                    let _ = list.show_popover();
                }
            });
        }
    });
    let counted = StoredValue::new(counted);
    let item = move |place: usize, option: ComboboxOption| {
        let is_chosen = move || combobox.chosen.get() == Some(place);
        let choose = move |_| {
            if combobox.chosen.get_untracked() != Some(place) {
                combobox.chosen.set(Some(place));
            }
        };
        let count = (!option.count.is_empty()).then(|| {
            view! {
                <span class="combobox-count">
                    {option.count}
                    <span class="visually-hidden">" " {counted.get_value()}</span>
                </span>
            }
        });
        view! {
            <li
                class="combobox-option"
                role="option"
                id=combobox.option_id(place)
                aria-selected=move || is_chosen().to_string()
                on:mousemove=choose
                on:click=move |_| combobox.on_take.run(place)
            >
                <span class="combobox-text truncate">{option.text}</span>
                <span class="combobox-hint truncate">{option.hint}</span>
                {count}
            </li>
        }
    };
    // The line keeps the focus while the mouse takes an option.
    view! {
        <ul
            class="combobox"
            popover="manual"
            role="listbox"
            id=combobox.list_id()
            aria-label=label
            style:position-anchor=anchor
            style:--offset=move || Some(offset.get()).filter(|offset| !offset.is_empty())
            node_ref=list
            on:mousedown=|event| event.prevent_default()
        >
            {move || {
                let options = if expanded.get() { combobox.options.get() } else { Vec::new() };
                options.into_iter().enumerate().map(|(place, option)| item(place, option)).collect_view()
            }}
        </ul>
    }
}

fn expanded_now(combobox: Combobox) -> bool {
    combobox.list.try_get_untracked().flatten().is_some() && untrack(|| combobox.is_expanded())
}
