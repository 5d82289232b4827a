//! A button that opens a list of actions, after the WAI-ARIA menu button pattern.

use leptos::context::Provider;
use leptos::ev::{Event, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;

use super::button::{Emphasis, Size};
use super::icon::{Icon, IconName};
use super::id::unique_id;
use super::menu_keys::{Place, focus_item, move_focus};
use super::menu_search::{MenuSearch, search_line};
use super::popover::{PopoverHandle, is_opening};

/// A button that opens a menu of `MenuItem`, `MenuLink`, `MenuSeparator` and `MenuTitle`.
#[component]
pub fn Menu(
    /// What the menu is for; shown on the button unless `icon_only`.
    #[prop(into)]
    label: Signal<String>,
    /// Drawn on the button.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// Shows the icon alone; the label is read aloud and is the tooltip.
    #[prop(optional)]
    icon_only: bool,
    /// How much the button asks to be pressed.
    #[prop(optional)]
    emphasis: Emphasis,
    /// The height of the button.
    #[prop(optional)]
    size: Size,
    /// Finds items among many.
    #[prop(optional, into)]
    search: Option<MenuSearch>,
    /// The items, made anew each time the menu opens.
    children: ChildrenFn,
) -> impl IntoView {
    let id = unique_id("menu");
    let anchor = format!("--{id}");
    let open = RwSignal::new(false);
    let popover = NodeRef::<html::Div>::new();
    let place = StoredValue::new(Place::First);
    let open_by_arrow = move |event: KeyboardEvent| {
        let Some(wanted) = Place::opened_by(&event.key()) else { return };
        event.prevent_default();
        place.set_value(wanted);
        if let Some(popover) = popover.get_untracked() {
            // Refused only when it is open already.
            let _ = popover.show_popover();
        }
    };
    // The items stay until the menu is gone: with them would go the focus, which the browser is to give back.
    let prepare = move |event: Event| {
        if is_opening(&event) {
            if let Some(search) = search {
                search.value.set(String::new());
            }
            open.set(true);
        }
    };
    let settle = move |event: Event| {
        if !is_opening(&event) {
            open.set(false);
        } else if let Some(popover) = popover.get_untracked() {
            focus_item(&popover, place.get_value());
            place.set_value(Place::First);
        }
    };
    let shape = icon_only.then_some("square");
    view! {
        <button
            class="button"
            type="button"
            data-emphasis=emphasis.as_str()
            data-size=size.as_str()
            data-shape=shape
            data-tip=move || icon_only.then(|| label.get())
            popovertarget=id.clone()
            aria-label=move || icon_only.then(|| label.get())
            aria-haspopup="menu"
            aria-expanded=move || open.get().to_string()
            style:anchor-name=anchor.clone()
            on:keydown=open_by_arrow
        >
            {icon.map(|name| view! { <Icon name/> })}
            {(!icon_only).then(|| view! { <span>{move || label.get()}</span> <Icon name=IconName::ChevronDown/> })}
        </button>
        <div
            class="menu"
            id=id
            popover="auto"
            style:position-anchor=anchor
            node_ref=popover
            on:beforetoggle=prepare
            on:toggle=settle
            on:keydown=move |event| move_focus(&event, popover)
        >
            <Provider value=PopoverHandle::of(popover)>
                {move || search.filter(|search| open.get() && search.wanted.get()).map(search_line)}
                <div role="menu" aria-label=move || label.get()>{move || open.get().then(|| children())}</div>
            </Provider>
        </div>
    }
}
