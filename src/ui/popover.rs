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
use super::menu_keys::{Place, focus_item};

/// The popover around a view, to close it. A handle.
#[derive(Clone, Copy)]
pub struct PopoverHandle(NodeRef<html::Div>);

impl PopoverHandle {
    pub(super) fn of(popover: NodeRef<html::Div>) -> Self {
        Self(popover)
    }

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

    /// Gives what has come late the focus that it would have got when the popover opened.
    pub(super) fn focus_late(self) {
        let Some(popover) = self.0.try_get_untracked().flatten() else { return };
        let is_inside = document().active_element().is_some_and(|focused| popover.contains(Some(&focused)));
        if !is_inside && popover.matches(":popover-open").unwrap_or(false) {
            focus_first(&popover);
            focus_item(&popover, Place::First);
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
    /// Whether the button shows that a list opens below it.
    #[prop(optional)]
    has_arrow: bool,
    /// The classes of the dialog, for one that is laid out otherwise.
    #[prop(default = "popover")]
    class: &'static str,
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
            {has_arrow.then(|| view! { <Icon name=IconName::ChevronDown/> })}
        </button>
        <div
            class=class
            id=id
            popover="auto"
            role="dialog"
            aria-label=move || title.get()
            style:position-anchor=anchor
            node_ref=popover
            on:beforetoggle=prepare
            on:toggle=settle
        >
            <Provider value=PopoverHandle::of(popover)>{move || open.get().then(|| children())}</Provider>
        </div>
    }
}

/// Whether a popover is about to be shown, or was.
pub(super) fn is_opening(event: &Event) -> bool {
    event.dyn_ref::<web_sys::ToggleEvent>().is_some_and(|event| event.new_state() == "open")
}

/// Whether the popover itself opens or closes, not one that stands in it.
fn is_own(event: &Event, popover: NodeRef<html::Div>) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
    popover
        .get_untracked()
        .is_some_and(|popover| target.is_some_and(|target| popover.is_same_node(Some(&target))))
}

/// Gives the focus to what asks for it, else to the first control.
pub(super) fn focus_first(popover: &HtmlElement) {
    let find = |selector: &str| popover.query_selector(selector).ok().flatten();
    let first = find("[autofocus]").or_else(|| find("input, textarea, select, button, summary"));
    if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
        // A control on screen takes the focus.
        let _ = first.focus();
    }
}
