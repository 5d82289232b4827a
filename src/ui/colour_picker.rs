//! A button in a colour, which opens the colours to choose from.

use leptos::prelude::*;

use super::button::{Button, Emphasis, Size};
use super::chart::{Colour, Dash, is_dark};
use super::id::unique_id;
use super::popover::Popover;

/// A swatch that opens the palette of charts. What is chosen is told at once; the dialog stays open, so that a choice can
/// be looked at and taken back.
#[component]
pub fn ColourPicker(
    /// What has the colour: `amber falcon`.
    #[prop(into)]
    of: String,
    /// The present colour.
    #[prop(into)]
    colour: Signal<Colour>,
    /// How lines of it are broken.
    #[prop(optional, into)]
    dash: Signal<Dash>,
    /// Whether somebody chose the colour.
    #[prop(into)]
    is_chosen: Signal<bool>,
    /// A colour was chosen, or none, which gives back the first one.
    on_choose: Callback<Option<Colour>>,
) -> impl IntoView {
    let label = format!("Colour of {of}");
    let told = Signal::derive({
        let label = label.clone();
        move || Some(format!("{label}: {}", colour.get().name(is_dark())))
    });
    let face = move || {
        view! { <span class="swatch" data-dash=move || dash.get().name() style:--series=move || colour.get().css()></span> }
    };
    let group = label.clone();
    view! {
        <Popover title=label text="" label=told face=face emphasis=Emphasis::Ghost size=Size::Small>
            <div class="colours" role="radiogroup" aria-label=group.clone()>{choices(colour, on_choose)}</div>
            <Button
                emphasis=Emphasis::Ghost
                size=Size::Small
                disabled_reason=Signal::derive(move || (!is_chosen.get()).then(|| "It has its own colour.".to_owned()))
                on_click=move |_| on_choose.run(None)
            >
                "Use its own colour"
            </Button>
        </Popover>
    }
}

fn choices(colour: Signal<Colour>, on_choose: Callback<Option<Colour>>) -> impl IntoView {
    let group = unique_id("colour");
    let dark = is_dark();
    let choice = move |own: Colour| {
        let name = own.name(dark);
        view! {
            <label class="colour" data-tip=name>
                <input
                    class="choice-radio"
                    type="radio"
                    name=group.clone()
                    aria-label=name
                    autofocus=colour.get_untracked() == own
                    prop:checked=move || colour.get() == own
                    on:change=move |_| on_choose.run(Some(own))
                />
                <span class="colour-chip" style:--series=own.css()></span>
            </label>
        }
    };
    Colour::all().map(choice).collect_view()
}
