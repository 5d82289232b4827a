//! A plain line with a list of what may stand in it.

use leptos::prelude::*;

use super::{Combobox, ComboboxList, ComboboxOption};
use crate::ui::id::unique_id;

/// A line of text with a list of what may stand in it; anything may be typed.
#[component]
pub fn ComboboxInput(
    /// What the line is for.
    #[prop(into)]
    label: String,
    /// The text.
    value: RwSignal<String>,
    /// What may stand there. It is narrowed down to what holds the text.
    #[prop(into)]
    options: Signal<Vec<ComboboxOption>>,
    /// What the counts count: `runs`.
    #[prop(optional, into)]
    counted: String,
    /// An example, shown while nothing is typed.
    #[prop(optional, into)]
    placeholder: Signal<String>,
    /// Whether what is typed is wrong.
    #[prop(optional, into)]
    is_invalid: Signal<bool>,
    /// Whether nothing but an option makes sense: then Enter takes the first that fits.
    #[prop(optional)]
    is_strict: bool,
    /// Whether it gets the focus when the popover around it opens.
    #[prop(optional)]
    autofocus: bool,
    /// What is called when an option was taken.
    #[prop(optional, into)]
    on_take: Option<Callback<()>>,
) -> impl IntoView {
    let anchor = format!("--{}", unique_id("line"));
    // What stood there when the list was opened does not hide the other options.
    let is_typed = RwSignal::new(false);
    let fitting = Memo::new(move |_| {
        let options = options.read();
        if !is_typed.get() {
            return options.clone();
        }
        let text = value.read().trim().to_lowercase();
        options.iter().filter(|option| option.text.to_lowercase().contains(&text)).cloned().collect()
    });
    let combobox = StoredValue::new(None::<Combobox>);
    let take = move |place: usize| {
        if let Some(option) = fitting.read_untracked().get(place).cloned() {
            value.set(option.text);
            if let Some(Some(combobox)) = combobox.try_get_value() {
                combobox.close();
            }
            if let Some(on_take) = on_take {
                on_take.run(());
            }
        }
    };
    let list = Combobox::new(fitting, take);
    combobox.set_value(Some(list));
    let open = move |is_text: bool| {
        is_typed.set(is_text);
        list.open(is_strict && is_text && !value.read_untracked().is_empty());
    };
    view! {
        <input
            class="input"
            type="text"
            role="combobox"
            aria-label=label.clone()
            aria-expanded=move || list.is_expanded().to_string()
            aria-controls=list.list_id()
            aria-autocomplete="list"
            aria-activedescendant=move || list.chosen_id()
            aria-invalid=move || is_invalid.get().then_some("true")
            placeholder=move || placeholder.get()
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            style:anchor-name=anchor.clone()
            prop:value=value
            on:input:target=move |event| { value.set(event.target().value()); open(true); }
            autofocus=autofocus
            on:focus=move |_| if value.read_untracked().is_empty() { open(false) }
            on:click=move |_| if !list.is_open_untracked() { open(false) }
            on:blur=move |_| list.close()
            on:keydown=move |event| { list.press(&event); }
        />
        <ComboboxList combobox=list label counted anchor/>
    }
}
