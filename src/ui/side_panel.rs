//! A panel beside the page, which goes on working.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::button::{IconButton, Size};
use super::icon::IconName;
use super::id::unique_id;

/// The least and the greatest width, and a step of the arrow keys, in pixels.
const LEAST: f64 = 420.0;
const MOST: f64 = 640.0;
const STEP: f64 = 24.0;

/// A panel at the right edge that shows more about what is chosen in the page. Escape closes it; its edge is
/// dragged, or moved by the arrow keys.
#[component]
pub fn SidePanel(
    /// Whether it is on screen; closing sets it to false.
    open: RwSignal<bool>,
    /// What it is about.
    #[prop(into)]
    title: Signal<String>,
    /// Its width in pixels, 420 to 640; keep it between visits as you like.
    width: RwSignal<f64>,
    /// Whether it takes room beside what it stands with, and not above the page; on a narrow screen it lies above all the
    /// same.
    #[prop(optional)]
    docked: bool,
    /// What stands beside the title: a link to the whole page.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    /// The content.
    children: ChildrenFn,
) -> impl IntoView {
    let id = StoredValue::new(unique_id("side-panel"));
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        let in_front = document().query_selector("dialog:modal, :popover-open[role=menu]").ok().flatten();
        if event.key() == "Escape" && !event.default_prevented() && in_front.is_none() {
            open.set(false);
        }
    });
    on_cleanup(move || keys.remove());
    let panel = move || {
        let actions = actions.clone();
        let children = children.clone();
        view! {
            <aside class="side-panel" data-docked=docked aria-labelledby=id.get_value() style:--panel-width=move || format!("{}px", width.get())>
                <Edge width/>
                <header class="side-panel-header">
                    <h2 id=id.get_value()>{move || title.get()}</h2>
                    {actions.map(|actions| actions.run())}
                    <IconButton label="Close the panel" icon=IconName::Close size=Size::Small on_click=move |_| open.set(false)/>
                </header>
                <div class="side-panel-body" tabindex="0" role="group" aria-labelledby=id.get_value()>{children()}</div>
            </aside>
        }
    };
    move || open.get().then(&panel)
}

#[component]
fn Edge(width: RwSignal<f64>) -> impl IntoView {
    let resize = move |wanted: f64| width.set(wanted.clamp(LEAST, MOST));
    let grasp = move |event: PointerEvent| {
        if let Some(edge) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) {
            // The pointer is down on it, so it can be captured.
            let _ = edge.set_pointer_capture(event.pointer_id());
        }
    };
    let drag = move |event: PointerEvent| {
        let screen = window().inner_width().ok().and_then(|width| width.as_f64());
        if let (1, Some(screen)) = (event.buttons(), screen) {
            resize(screen - f64::from(event.client_x()));
        }
    };
    let press = move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowLeft" => STEP,
            "ArrowRight" => -STEP,
            _ => return,
        };
        event.prevent_default();
        resize(width.get_untracked() + by);
    };
    view! {
        <div
            class="side-panel-edge"
            role="separator"
            tabindex="0"
            aria-orientation="vertical"
            aria-label="Width of the panel"
            aria-valuemin=LEAST.to_string()
            aria-valuemax=MOST.to_string()
            aria-valuenow=move || format!("{:.0}", width.get())
            on:pointerdown=grasp
            on:pointermove=drag
            on:keydown=press
        ></div>
    }
}
