//! Words that appear beside what is pointed at or has the focus.

use std::time::Duration;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget};

/// How long the pointer rests before the words appear.
const DELAY: Duration = Duration::from_millis(350);
const ID: &str = "tooltip";

/// Words about what it holds: an exact value, a whole name, a date. Never the only way to learn something
/// that matters.
#[component]
pub fn Tooltip(
    /// The words.
    #[prop(into)]
    text: Signal<String>,
    /// Puts what it holds into the order of the Tab key; not needed around buttons and links.
    #[prop(optional)]
    focusable: bool,
    /// What the words are about.
    children: Children,
) -> impl IntoView {
    view! {
        <span class="tip" data-tip=move || text.get() tabindex=focusable.then_some("0")>
            {children()}
        </span>
    }
}

/// Shows the words of every element with `data-tip`, one at a time; once, in the app's shell. One listener for
/// the page, so that a table of thousands of cells costs nothing.
#[component]
pub fn TooltipLayer() -> impl IntoView {
    let layer = NodeRef::<html::Div>::new();
    let owner = StoredValue::new_local(None::<Element>);
    let waiting = StoredValue::new_local(None::<TimeoutHandle>);
    let cancel = move || {
        if let Some(timeout) = waiting.try_update_value(Option::take).flatten() {
            timeout.clear();
        }
    };
    let hide = move || {
        cancel();
        if let (Some(layer), Some(owner)) =
            (layer.get_untracked(), owner.try_update_value(Option::take).flatten())
        {
            // The owner may have left the page since.
            let _ = owner.remove_attribute("aria-describedby");
            let _ = layer.hide_popover();
        }
    };
    let point = move |event: ev::PointerEvent| {
        if layer.get_untracked().is_some_and(|layer| contains(&layer, event.target())) {
            return;
        }
        let Some(target) = tipped(event.target()) else { return hide() };
        if owner.with_value(|owner| owner.as_ref() == Some(&target)) {
            return;
        }
        hide();
        if event.pointer_type() == "touch" {
            return;
        }
        let wake = move || show(&target, layer, owner);
        waiting.set_value(set_timeout_with_handle(wake, DELAY).ok());
    };
    let focus = move |event: ev::FocusEvent| {
        hide();
        if let Some(target) =
            tipped(event.target()).filter(|target| target.matches(":focus-visible").unwrap_or(false))
        {
            show(&target, layer, owner);
        }
    };
    let handles = [
        window_event_listener(ev::pointerover, point),
        window_event_listener(ev::pointerdown, move |_| hide()),
        window_event_listener(ev::focusin, focus),
        window_event_listener(ev::focusout, move |_| hide()),
        window_event_listener(ev::wheel, move |_| hide()),
        window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" {
                hide()
            }
        }),
    ];
    on_cleanup(move || {
        cancel();
        handles.into_iter().for_each(WindowListenerHandle::remove);
    });
    view! { <div class="tooltip" id=ID popover="manual" role="tooltip" node_ref=layer></div> }
}

fn tipped(target: Option<EventTarget>) -> Option<Element> {
    target?.dyn_into::<Element>().ok()?.closest("[data-tip]").ok().flatten()
}

fn contains(layer: &Element, target: Option<EventTarget>) -> bool {
    layer.contains(target.and_then(|target| target.dyn_into::<web_sys::Node>().ok()).as_ref())
}

/// Puts the words of `target` on screen, below it, or above where there is no room.
fn show(target: &Element, layer: NodeRef<html::Div>, owner: StoredValue<Option<Element>, LocalStorage>) {
    let (Some(layer), Some(text)) = (layer.try_get_untracked().flatten(), target.get_attribute("data-tip"))
    else {
        return;
    };
    let side = side(target);
    if !target.is_connected() || text.is_empty() || side == "none" {
        return;
    }
    layer.set_text_content(Some(&text));
    // Refused only when it is shown already, which `hide` has seen to.
    let _ = layer.show_popover();
    place(target, &layer, side == "end");
    let name = target.get_attribute("aria-label").or_else(|| target.text_content());
    if name.is_none_or(|name| name.trim() != text) {
        let _ = target.set_attribute("aria-describedby", ID);
    }
    owner.set_value(Some(target.clone()));
}

/// Where the words go, as the style sheet says in `--tip`: below, at the end of the line (`end`), or nowhere (`none`)
/// because the element shows them itself.
fn side(target: &Element) -> String {
    let style = window().get_computed_style(target).ok().flatten();
    style.and_then(|style| style.get_property_value("--tip").ok()).unwrap_or_default()
}

fn place(target: &Element, layer: &web_sys::HtmlElement, beside: bool) {
    const GAP: f64 = 6.0;
    let (anchor, tip) = (target.get_bounding_client_rect(), layer.get_bounding_client_rect());
    let root = document().document_element();
    let (width, height) =
        root.map_or((0.0, 0.0), |root| (f64::from(root.client_width()), f64::from(root.client_height())));
    let centre = anchor.left() + (anchor.width() - tip.width()) / 2.0;
    let below = anchor.bottom() + GAP;
    let (left, top) = if beside {
        (anchor.right() + GAP, anchor.top() + (anchor.height() - tip.height()) / 2.0)
    } else if below + tip.height() > height {
        (centre, anchor.top() - GAP - tip.height())
    } else {
        (centre, below)
    };
    let left = left.min(width - tip.width() - GAP).max(GAP);
    for (name, value) in [("left", left), ("top", top)] {
        // A number of pixels is always a good value.
        let _ = web_sys::HtmlElement::style(layer).set_property(name, &format!("{value}px"));
    }
}
