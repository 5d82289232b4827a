//! Puts views on a page and finds things in them as a person does: by role and name.

use std::time::Duration;

use leptos::mount::UnmountHandle;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit};

/// A view on the page of the test; it leaves the page with this value.
pub(crate) struct Page {
    pub(crate) root: HtmlElement,
    _mounted: Box<dyn std::any::Any>,
}

impl Drop for Page {
    fn drop(&mut self) {
        self.root.remove();
    }
}

/// Puts a view on the page.
pub(crate) fn mount<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Page {
    let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&root).unwrap();
    let handle: UnmountHandle<_> = leptos::mount::mount_to(root.clone(), view);
    Page { root, _mounted: Box::new(handle) }
}

/// Waits until the page has followed its signals.
pub(crate) async fn settle() {
    for _ in 0..4 {
        leptos::task::tick().await;
    }
}

/// Waits, for what takes its time by design.
pub(crate) async fn wait(milliseconds: u64) {
    gloo_timers::future::sleep(Duration::from_millis(milliseconds)).await;
}

/// Waits until something is so, for as long as a busy machine may take; what is not so then is for the test to say.
pub(crate) async fn until(is_so: impl Fn() -> bool) {
    for _ in 0..100 {
        if is_so() {
            break;
        }
        wait(50).await;
    }
}

impl Page {
    /// The element with that role and name.
    #[track_caller]
    pub(crate) fn find(&self, role: &str, name: &str) -> HtmlElement {
        match self.search(role, name) {
            Some(element) => element,
            None => panic!("no {role} “{name}” in: {}", self.text()),
        }
    }

    /// The element with that role and name, if there is one.
    pub(crate) fn search(&self, role: &str, name: &str) -> Option<HtmlElement> {
        self.all(selector(role)).into_iter().find(|element| name_of(element) == name)
    }

    /// The button with that name.
    #[track_caller]
    pub(crate) fn button(&self, name: &str) -> HtmlElement {
        self.find("button", name)
    }

    /// The field with that label.
    #[track_caller]
    pub(crate) fn field(&self, label: &str) -> HtmlInputElement {
        self.find("field", label).unchecked_into()
    }

    /// Every element that the selector names.
    pub(crate) fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let found = self.root.query_selector_all(selector).unwrap();
        (0..found.length()).map(|index| found.get(index).unwrap().unchecked_into()).collect()
    }

    /// Waits until the view shows the text, however slow the machine is.
    pub(crate) async fn shows(&self, text: &str) {
        for _ in 0..500 {
            if self.text().contains(text) {
                return;
            }
            wait(10).await;
        }
        panic!("no “{text}” in: {}", self.text());
    }

    /// The text of the whole view.
    pub(crate) fn text(&self) -> String {
        self.root.text_content().unwrap_or_default()
    }
}

/// Types into a field, in place of what it holds.
pub(crate) fn fill(field: &HtmlInputElement, text: &str) {
    field.set_value(text);
    dispatch(field, "input");
}

/// Sends an event that bubbles.
pub(crate) fn dispatch(target: &Element, kind: &str) {
    let options = EventInit::new();
    options.set_bubbles(true);
    options.set_cancelable(true);
    target.dispatch_event(&Event::new_with_event_init_dict(kind, &options).unwrap()).unwrap();
}

/// Presses a key where the focus is; tells whether the page made use of it.
pub(crate) fn press(key: &str) -> bool {
    press_key(key, false)
}

/// As [`press`], with the shift key held.
pub(crate) fn press_with_shift(key: &str) -> bool {
    press_key(key, true)
}

fn press_key(key: &str, shift: bool) -> bool {
    let options = KeyboardEventInit::new();
    options.set_key(key);
    options.set_shift_key(shift);
    options.set_bubbles(true);
    options.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &options).unwrap();
    !document().active_element().unwrap().dispatch_event(&event).unwrap()
}

/// Whether the element has the focus.
pub(crate) fn has_focus(element: &Element) -> bool {
    document().active_element().as_ref() == Some(element)
}

/// The name of what has the focus.
pub(crate) fn focused() -> String {
    document().active_element().map(|element| name_of(&element)).unwrap_or_default()
}

fn selector(role: &str) -> &str {
    match role {
        "button" => "button",
        "link" => "a[href]",
        "field" => "input, select, textarea",
        "dialog" => "dialog[open]",
        "heading" => "h1, h2, h3",
        "alert" => "[role=alert]",
        "menuitem" => "[role^=menuitem]",
        "tab" => "[role=tab]",
        "switch" => "[role=switch]",
        "slider" => "input[type=range], [role=slider]",
        "radio" => "input[type=radio]",
        _ => panic!("say in support.rs how to find the role {role}"),
    }
}

/// The accessible name: a label of its own, the elements that label it, its `label`, its text.
fn name_of(element: &Element) -> String {
    if let Some(label) = element.get_attribute("aria-label") {
        return label;
    }
    let text = |id: &str| document().get_element_by_id(id).and_then(|element| element.text_content());
    if let Some(ids) = element.get_attribute("aria-labelledby") {
        return ids.split(' ').filter_map(text).collect();
    }
    let outer = element.closest("label").ok().flatten();
    let label = document().query_selector(&format!("label[for='{}']", element.id())).ok().flatten().or(outer);
    let named = label.as_ref().unwrap_or(element);
    named.text_content().unwrap_or_default().trim().to_owned()
}
