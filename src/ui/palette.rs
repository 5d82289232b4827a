//! Going somewhere by its name: a line to type in, and what fits below it, after the WAI-ARIA combobox pattern.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::dialog::Dialog;
use super::icon::{Icon, IconName};
use super::id::unique_id;

/// Somewhere to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// What is drawn before the name.
    pub icon: IconName,
    /// Its name.
    pub name: String,
    /// Where it belongs; empty when that goes without saying.
    pub within: String,
    /// Its address.
    pub href: String,
}

/// Destinations of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DestinationGroup {
    /// What they are.
    pub title: &'static str,
    /// At least one.
    pub destinations: Vec<Destination>,
}

/// A dialog to find a destination in. Arrows choose, Enter goes there.
#[component]
pub fn Palette(
    /// Whether it is on screen.
    open: RwSignal<bool>,
    /// What was typed.
    text: RwSignal<String>,
    /// What fits.
    #[prop(into)]
    groups: Signal<Vec<DestinationGroup>>,
    /// What stands where nothing fits.
    #[prop(into)]
    nothing: Signal<String>,
    /// Goes to an address.
    #[prop(into)]
    on_go: Callback<String>,
) -> impl IntoView {
    let list = unique_id("palette");
    let chosen = RwSignal::new(0_usize);
    let hrefs = Memo::new(move |_| {
        let groups = groups.read();
        let all = groups.iter().flat_map(|group| &group.destinations);
        all.map(|destination| destination.href.clone()).collect::<Vec<_>>()
    });
    // Whatever fits now, the first of it is chosen.
    Effect::new(move || {
        hrefs.track();
        chosen.set(0);
    });
    let go = move |place: usize| {
        if let Some(href) = hrefs.read_untracked().get(place).cloned() {
            open.set(false);
            on_go.run(href);
        }
    };
    let press = move |event: KeyboardEvent| {
        let last = hrefs.read_untracked().len().saturating_sub(1);
        let step: fn(usize, usize) -> usize = match event.key().as_str() {
            "ArrowDown" => |place, last| if place >= last { 0 } else { place + 1 },
            "ArrowUp" => |place, last| if place == 0 { last } else { place - 1 },
            "Home" => |_, _| 0,
            "End" => |_, last| last,
            "Enter" => {
                event.prevent_default();
                return go(chosen.get_untracked());
            }
            _ => return,
        };
        event.prevent_default();
        chosen.update(|place| *place = step(*place, last));
        scroll_to_chosen();
    };
    let option = {
        let list = list.clone();
        move |place: usize| format!("{list}-{place}")
    };
    let options = StoredValue::new(option.clone());
    let active =
        move || (!hrefs.read().is_empty()).then(|| options.with_value(|option| option(chosen.get())));
    let controls = list.clone();
    let list = StoredValue::new(list);
    let content = move || {
        let mut place = 0;
        let sections = groups.get().into_iter().map(|group| {
            let items = group.destinations.into_iter().map(|destination| {
                let own = place;
                place += 1;
                let is_chosen = move || chosen.get() == own;
                view! {
                    <li
                        class="palette-item"
                        role="option"
                        id=options.with_value(|option| option(own))
                        aria-selected=move || is_chosen().to_string()
                        on:mousemove=move |_| if chosen.get_untracked() != own { chosen.set(own) }
                        on:click=move |_| go(own)
                    >
                        <Icon name=destination.icon/>
                        <span class="truncate">{destination.name}</span>
                        <span class="palette-within truncate">{destination.within}</span>
                    </li>
                }
            });
            let items = items.collect_view();
            view! {
                <li role="presentation">
                    <ul class="palette-group" role="group" aria-label=group.title>
                        <li class="palette-title" role="presentation">{group.title}</li>
                        {items}
                    </ul>
                </li>
            }
        });
        sections.collect_view()
    };
    let controls = StoredValue::new(controls);
    view! {
        <Dialog open title="Go to">
            <div class="palette">
                <input
                    class="input"
                    type="text"
                    role="combobox"
                    aria-label="Search everything"
                    placeholder="Search everything"
                    aria-expanded="true"
                    aria-autocomplete="list"
                    aria-controls=controls.get_value()
                    aria-activedescendant=active
                    autocomplete="off"
                    spellcheck="false"
                    autofocus
                    prop:value=text
                    on:input:target=move |event| text.set(event.target().value())
                    on:keydown=press
                />
                <ul class="palette-list" role="listbox" aria-label="Results" id=list.get_value()>{content}</ul>
                <p class="palette-nothing small faint" role="status">{move || if hrefs.read().is_empty() { nothing.get() } else { String::new() }}</p>
            </div>
        </Dialog>
    }
}

/// Once it is drawn, the chosen line must be in sight.
fn scroll_to_chosen() {
    request_animation_frame(|| {
        let found = document().query_selector(".palette-item[aria-selected=true]").ok().flatten();
        if let Some(item) = found.and_then(|item| item.dyn_into::<web_sys::Element>().ok()) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            item.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}
