//! Leads to the part of the form that is to be changed.

use std::time::Duration;

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::state::Launch;
use crate::routes::RunLeg;

/// How often it is looked whether the part is still where it was led to, and how long.
const STEP: Duration = Duration::from_millis(100);
const STEPS: u32 = 15;
/// What has moved by less is where it was, in pixels.
const SLACK: f64 = 2.0;

/// Leads to what is to be changed, and stays there while what stands above still comes in and the page is scrolled to its
/// top as a new one is. Whoever moves by herself is let go. The fields of the parameters come with the entry point.
pub(super) fn lead(launch: Launch, change: Option<RunLeg>, root: NodeRef<html::Div>) {
    let Some(leg) = change else { return };
    let is_done = StoredValue::new(false);
    let is_let_go = let_go();
    Effect::new(move || {
        let is_ready = leg != RunLeg::Parameters
            || launch.about.read().contents.is_some()
            || launch.contents.error.read().is_some();
        if root.get().is_none() || !is_ready || is_done.get_value() {
            return;
        }
        is_done.set_value(true);
        let place = StoredValue::new(None);
        request_animation_frame(move || step(leg, root, place, is_let_go, STEPS));
    });
}

/// Becomes true when the person does something.
fn let_go() -> StoredValue<bool> {
    let is_let_go = StoredValue::new(false);
    let let_go = move || {
        is_let_go.try_set_value(true);
    };
    let handles = [
        window_event_listener(ev::wheel, move |_| let_go()),
        window_event_listener(ev::touchstart, move |_| let_go()),
        window_event_listener(ev::keydown, move |_| let_go()),
        window_event_listener(ev::pointerdown, move |_| let_go()),
    ];
    on_cleanup(move || handles.into_iter().for_each(WindowListenerHandle::remove));
    is_let_go
}

/// `place` is how far below the top of the window the part was left.
fn step(
    leg: RunLeg,
    root: NodeRef<html::Div>,
    place: StoredValue<Option<f64>>,
    is_let_go: StoredValue<bool>,
    left: u32,
) {
    if is_let_go.try_get_value() != Some(false) || left == 0 {
        return;
    }
    let Some(root_now) = root.try_get_untracked().flatten() else { return };
    let (part, field) = selectors(leg);
    if let Some(part) = root_now.query_selector(part).ok().flatten() {
        show(&part, place);
        let is_elsewhere = !part.contains(document().active_element().as_deref());
        let field = part.query_selector(field).ok().flatten().filter(|_| is_elsewhere);
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            // A field on screen takes the focus.
            let _ = field.focus_with_options(&options);
        }
    }
    set_timeout(move || step(leg, root, place, is_let_go, left - 1), STEP);
}

fn show(part: &Element, place: StoredValue<Option<f64>>) {
    let top = || part.get_bounding_client_rect().top();
    let is_there = place.try_get_value().flatten().is_some_and(|place| (top() - place).abs() < SLACK);
    if is_there {
        return;
    }
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Start);
    part.scroll_into_view_with_scroll_into_view_options(&options);
    place.try_set_value(Some(top()));
}

/// The part of the form, and within it the field that is changed first.
fn selectors(leg: RunLeg) -> (&'static str, &'static str) {
    match leg {
        RunLeg::Code => ("[data-leg=code]", "select"),
        RunLeg::Data => ("[data-leg=data]", "select"),
        RunLeg::Parameters => ("#launch-parameters", "input, button"),
        RunLeg::Resources => ("[data-leg=resources]", "input"),
    }
}
