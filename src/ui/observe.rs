//! Watches what the browser knows of elements, for as long as the present owner lives.

use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{
    Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit, MutationObserver,
    MutationObserverInit, ResizeObserver,
};

/// Ends an observation when it is dropped.
struct Watch {
    stop: Box<dyn Fn()>,
    _callback: Box<dyn std::any::Any>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        (self.stop)();
    }
}

/// Keeps the observation until the present owner is cleaned up.
fn keep(stop: impl Fn() + 'static, callback: impl std::any::Any) {
    StoredValue::new_local(Watch { stop: Box::new(stop), _callback: Box::new(callback) });
}

/// Calls `changed` at first and whenever the size of `element` changes.
pub(crate) fn watch_size(element: &Element, changed: impl Fn() + 'static) {
    let callback = Closure::<dyn Fn()>::new(changed);
    if let Ok(observer) = ResizeObserver::new(callback.as_ref().unchecked_ref()) {
        observer.observe(element);
        keep(move || observer.disconnect(), callback);
    }
}

/// The width of an element in CSS pixels, 0 until it is known.
pub(crate) fn width_of(element: NodeRef<html::Div>) -> RwSignal<i32> {
    let width = RwSignal::new(0);
    Effect::new(move || {
        if let Some(element) = element.get() {
            let watched = element.clone();
            watch_size(&element, move || width.set(watched.client_width()));
        }
    });
    width
}

/// Calls `changed` with whether `element` is in view or within `margin` of it, such as `"200px"`.
pub(crate) fn watch_visibility(element: &Element, margin: &str, changed: impl Fn(bool) + 'static) {
    let callback = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
        if let Some(entry) = entries.pop().dyn_ref::<IntersectionObserverEntry>() {
            changed(entry.is_intersecting());
        }
    });
    let options = IntersectionObserverInit::new();
    options.set_root_margin(margin);
    if let Ok(observer) = IntersectionObserver::new_with_options(callback.as_ref().unchecked_ref(), &options)
    {
        observer.observe(element);
        keep(move || observer.disconnect(), callback);
    }
}

/// Calls `changed` when another theme is chosen by the person or by the system.
pub(crate) fn watch_theme(changed: impl Fn() + 'static) {
    let callback = Closure::<dyn Fn()>::new(changed);
    let function: js_sys::Function = callback.as_ref().unchecked_ref::<js_sys::Function>().clone();
    let mutations = MutationObserver::new(&function).ok();
    if let (Some(observer), Some(root)) = (&mutations, document().document_element()) {
        let options = MutationObserverInit::new();
        options.set_attribute_filter(&js_sys::Array::of1(&"data-theme".into()));
        // A page without the attribute can still be watched, so a failure here loses nothing.
        let _ = observer.observe_with_options(&root, &options);
    }
    let system = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
    if let Some(query) = &system {
        query.set_onchange(Some(&function));
    }
    keep(
        move || {
            if let Some(observer) = &mutations {
                observer.disconnect();
            }
            if let Some(query) = &system {
                query.set_onchange(None);
            }
        },
        callback,
    );
}

/// Work that is done before the next paint, once however often it is asked for.
#[derive(Clone, Copy)]
pub(crate) struct OnFrame {
    asked: StoredValue<bool>,
    work: StoredValue<Rc<dyn Fn()>, LocalStorage>,
}

impl OnFrame {
    /// Work that is not asked for yet; it is dropped with the present owner.
    pub(crate) fn new(work: impl Fn() + 'static) -> Self {
        Self { asked: StoredValue::new(false), work: StoredValue::new_local(Rc::new(work)) }
    }

    /// Asks for the work to be done.
    pub(crate) fn ask(self) {
        if self.asked.try_get_value() != Some(false) {
            return;
        }
        self.asked.set_value(true);
        request_animation_frame(move || {
            if let Some(work) = self.work.try_get_value() {
                self.asked.set_value(false);
                work();
            }
        });
    }
}
