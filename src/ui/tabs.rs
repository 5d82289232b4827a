//! Pages or views of one thing, side by side.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use web_sys::{DomRect, Element};

use super::badge::Count;
use super::current::current;
use super::form::Choice;
use super::icon::{Icon, IconName};
use super::id::unique_id;

/// A row of links between the pages of one thing; holds `TabLink`.
#[component]
pub fn TabLinks(
    /// What the pages belong to, read aloud.
    #[prop(into)]
    label: Signal<String>,
    /// The links.
    children: Children,
) -> impl IntoView {
    view! {
        <nav class="tabs" aria-label=move || label.get()>
            {children()}
        </nav>
    }
}

/// A page of a row of links. It is marked while its page, or one below it, is on screen.
#[component]
pub fn TabLink(
    /// Where it goes.
    #[prop(into)]
    href: Signal<String>,
    /// Marks it for this very page only, not for those below.
    #[prop(optional)]
    exact: bool,
    /// Pages below it that have a link of their own.
    #[prop(optional, into)]
    except: Option<String>,
    /// Drawn before the name.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// How many things the page lists; shown once it is known.
    #[prop(optional, into)]
    count: Signal<Option<u64>>,
    /// The name.
    children: Children,
) -> impl IntoView {
    let current = current(href, exact, except);
    let link = NodeRef::<html::A>::new();
    // Where there is no room for all they are swiped: the one on screen comes into sight.
    Effect::new(move || {
        if let Some(link) = link.get().filter(|_| current.get().is_some()) {
            request_animation_frame(move || bring_into_sight(&link));
        }
    });
    view! {
        <a class="tab" node_ref=link href=move || href.get() aria-current=move || current.get()>
            {icon.map(|name| view! { <Icon name/> })}
            <span>{children()}</span>
            {move || count.get().map(|value| view! { <Count value/> })}
        </a>
    }
}

/// Scrolls the row of a link, and nothing else, until the link stands in its middle: there it stays in sight when counts
/// beside the names arrive.
fn bring_into_sight(link: &Element) {
    let Some(row) = link.parent_element() else { return };
    let [of_link, of_row] = [link, &row].map(Element::get_bounding_client_rect);
    let middle = |of: &DomRect| of.left() + of.width() / 2.0;
    row.set_scroll_left(row.scroll_left() + (middle(&of_link) - middle(&of_row)).round() as i32);
}

/// Views of one thing inside a page, of which one is shown, after the WAI-ARIA tabs pattern.
#[component]
pub fn Tabs<T: Clone + PartialEq + Send + Sync + 'static>(
    /// What the views belong to, read aloud.
    #[prop(into)]
    label: String,
    /// The view on screen.
    value: RwSignal<T>,
    /// The views, in order.
    choices: Vec<Choice<T>>,
    /// The content of the view on screen.
    children: Children,
) -> impl IntoView {
    let panel = unique_id("tab-panel");
    let values: Vec<T> = choices.iter().map(|choice| choice.value.clone()).collect();
    let values = StoredValue::new(values);
    let tab = |choice: Choice<T>| {
        let own = choice.value;
        let chosen = Signal::derive({
            let own = own.clone();
            move || *value.read() == own
        });
        view! {
            <button
                class="tab"
                type="button"
                role="tab"
                aria-selected=move || chosen.get().to_string()
                aria-controls=panel.clone()
                tabindex=move || if chosen.get() { "0" } else { "-1" }
                on:click=move |_| value.set(own.clone())
            >
                {choice.icon.map(|name| view! { <Icon name/> })}
                <span>{choice.label}</span>
            </button>
        }
    };
    let tabs = choices.into_iter().map(tab).collect_view();
    let step = move |event: KeyboardEvent| {
        let all = values.get_value();
        let current = all.iter().position(|other| *other == value.get_untracked());
        if let Some(wanted) = target(&event.key(), current.unwrap_or(0), all.len()).and_then(|at| all.get(at))
        {
            event.prevent_default();
            value.set(wanted.clone());
            focus_selected(&event);
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=step>{tabs}</div>
        <div class="tab-panel" id=panel role="tabpanel" tabindex="0">{children()}</div>
    }
}

/// The tab that a key goes to.
fn target(key: &str, current: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match key {
        "ArrowRight" => Some(if current == last { 0 } else { current + 1 }),
        "ArrowLeft" => Some(current.checked_sub(1).unwrap_or(last)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

/// Moves the focus along once the new tab is marked.
fn focus_selected(event: &KeyboardEvent) {
    use wasm_bindgen::JsCast;
    let list = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    leptos::task::spawn_local(async move {
        leptos::task::tick().await;
        let tab = list.and_then(|list| list.query_selector("[aria-selected=true]").ok().flatten());
        if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) {
            // A tab on screen takes the focus.
            let _ = tab.focus();
        }
    });
}

#[cfg(test)]
mod tests {
    use super::target;

    #[test]
    fn arrows_go_round_the_tabs() {
        assert_eq!(target("ArrowRight", 2, 3), Some(0));
        assert_eq!(target("ArrowLeft", 0, 3), Some(2));
        assert_eq!(target("End", 0, 3), Some(2));
        assert_eq!(target("a", 0, 3), None);
        assert_eq!(target("Home", 0, 0), None);
    }
}
