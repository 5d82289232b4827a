//! The box in which a log scrolls.

use leptos::prelude::*;
use leptos::{ev, html};
use web_sys::Element;

use super::reading::Reading;
use crate::ui::observe::OnFrame;

/// The box in which the lines scroll; scrolling up ends following.
#[component]
pub fn Scroller(
    reading: Reading,
    /// The element.
    viewport: NodeRef<html::Div>,
    /// Hears where it is scrolled to, in CSS pixels.
    on_scroll: Callback<f64>,
    /// What changes when the end moves.
    end: Signal<u64>,
    /// The lines.
    children: Children,
) -> impl IntoView {
    let before = StoredValue::new(0.0);
    let scrolled = move |_: ev::Event| {
        let Some(element) = viewport.get_untracked() else { return };
        let top = f64::from(element.scroll_top());
        if top + 1.0 < before.get_value() && !is_at_end(&element) && reading.follow.get_untracked() {
            reading.follow.set(false);
        }
        before.set_value(top);
        on_scroll.run(top);
    };
    let to_end = OnFrame::new(move || {
        if let Some(element) = viewport.get_untracked().filter(|_| reading.follow.get_untracked()) {
            element.set_scroll_top(element.scroll_height());
        }
    });
    Effect::new(move || {
        end.track();
        if reading.follow.get() {
            to_end.ask();
        }
    });
    view! {
        <div class="log" role="region" aria-label="Log" tabindex="0" node_ref=viewport on:scroll=scrolled>
            {children()}
        </div>
    }
}

fn is_at_end(element: &Element) -> bool {
    element.scroll_top() + element.client_height() + 2 >= element.scroll_height()
}
