//! A button that opens a small dialog beside it, which closes when anything else is pressed.

use leptos::context::Provider;
use leptos::ev::Event;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::button::{Emphasis, Size};
use super::icon::{Icon, IconName};
use super::id::unique_id;
use super::menu::is_opening;

/// The popover around a view, to close it. A handle.
#[derive(Clone, Copy)]
pub struct PopoverHandle(NodeRef<html::Div>);

impl PopoverHandle {
    /// The popover around the caller; `None` outside of any.
    pub fn current() -> Option<Self> {
        use_context()
    }

    /// Closes it; the browser gives the focus back to its button.
    pub fn close(self) {
        if let Some(popover) = self.0.try_get_untracked().flatten() {
            // Refused only when it is closed already.
            let _ = popover.hide_popover();
        }
    }
}

/// A button that opens a small dialog. What has `autofocus` in it gets the focus, else the first control.
#[component]
pub fn Popover(
    /// What the dialog is about.
    #[prop(into)]
    title: Signal<String>,
    /// What stands on the button.
    #[prop(into)]
    text: Signal<String>,
    /// What the button is called where its text alone does not tell.
    #[prop(optional, into)]
    label: Signal<Option<String>>,
    /// Drawn on the button.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// Drawn on the button in place of a drawing of the set.
    #[prop(optional, into)]
    face: Option<ViewFn>,
    /// How much the button asks to be pressed.
    #[prop(optional)]
    emphasis: Emphasis,
    /// The height of the button.
    #[prop(optional)]
    size: Size,
    /// The button, for whoever moves the focus there.
    #[prop(optional)]
    button: NodeRef<html::Button>,
    /// What the dialog holds, made anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let id = unique_id("popover");
    let anchor = format!("--{id}");
    let open = RwSignal::new(false);
    let popover = NodeRef::<html::Div>::new();
    // The content stays until the dialog is gone: with it would go the focus, which the browser is to give back.
    let prepare = move |event: Event| {
        if is_opening(&event) && is_own(&event, popover) {
            open.set(true);
        }
    };
    let settle = move |event: Event| {
        if !is_own(&event, popover) {
            return;
        }
        if !is_opening(&event) {
            open.set(false);
        } else if let Some(popover) = popover.get_untracked() {
            focus_first(&popover);
        }
    };
    view! {
        <button
            class="button"
            type="button"
            data-emphasis=emphasis.as_str()
            data-size=size.as_str()
            popovertarget=id.clone()
            aria-label=move || label.get()
            aria-haspopup="dialog"
            aria-expanded=move || open.get().to_string()
            style:anchor-name=anchor.clone()
            node_ref=button
        >
            {icon.map(|name| view! { <Icon name/> })}
            {face.map(|face| face.run())}
            <Show when=move || !text.read().is_empty()><span>{move || text.get()}</span></Show>
        </button>
        <div
            class="popover"
            id=id
            popover="auto"
            role="dialog"
            aria-label=move || title.get()
            style:position-anchor=anchor
            node_ref=popover
            on:beforetoggle=prepare
            on:toggle=settle
        >
            <Provider value=PopoverHandle(popover)>{move || open.get().then(|| children())}</Provider>
        </div>
    }
}

/// Whether the popover itself opens or closes, not one that stands in it.
fn is_own(event: &Event, popover: NodeRef<html::Div>) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
    popover
        .get_untracked()
        .is_some_and(|popover| target.is_some_and(|target| popover.is_same_node(Some(&target))))
}

fn focus_first(popover: &HtmlElement) {
    let find = |selector: &str| popover.query_selector(selector).ok().flatten();
    let first = find("[autofocus]").or_else(|| find("input, select, button, summary"));
    if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
        // A control on screen takes the focus.
        let _ = first.focus();
    }
}
