//! The part that dialogs and drawers share: a box on top of an inert page.

use leptos::ev::{Event, KeyboardEvent, MouseEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};

use super::button::IconButton;
use super::icon::IconName;
use super::id::unique_id;

/// A modal `<dialog>`: the browser keeps the focus inside, closes on Escape and gives the focus back.
#[component]
pub fn Modal(
    /// Whether it is on screen; closing sets it to false.
    open: RwSignal<bool>,
    /// `dialog` or `drawer`: the value of `data-kind`.
    kind: &'static str,
    /// The heading.
    title: Signal<String>,
    /// A sentence below the heading.
    description: Signal<Option<String>>,
    /// While true, it can be closed by its own buttons only.
    locked: Signal<bool>,
    /// Buttons at the foot, which stay in sight while the content scrolls.
    footer: Option<ViewFn>,
    /// Made anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let title_id = StoredValue::new(unique_id("modal"));
    let text_id = StoredValue::new(unique_id("modal-text"));
    follow(open, dialog);
    let close_by_scrim = move |event: MouseEvent| {
        let on_scrim = event.target() == event.current_target();
        if on_scrim && !locked.get_untracked() {
            open.set(false);
        }
    };
    let content = move || {
        let children = children.clone();
        let footer = footer.clone();
        view! {
            <div class="modal-box">
                <header class="modal-header">
                    <h2 id=title_id.get_value()>{move || title.get()}</h2>
                    <p id=text_id.get_value() hidden=move || description.read().is_none()>{move || description.get()}</p>
                </header>
                <div class="modal-body">{children()}</div>
                {footer.map(|footer| view! { <footer class="modal-footer">{footer.run()}</footer> })}
                <div class="modal-close" hidden=locked>
                    <IconButton label="Close" icon=IconName::Close on_click=move |_| open.set(false)/>
                </div>
            </div>
        }
    };
    let shown = Memo::new(move |_| open.get()); // opening what is open already makes nothing anew
    let keep_locked = move |event: KeyboardEvent| {
        // A second Escape closes a dialog whatever `cancel` says.
        if event.key() == "Escape" && locked.get_untracked() {
            event.prevent_default();
        }
    };
    view! {
        <dialog
            class="modal"
            data-kind=kind
            node_ref=dialog
            aria-labelledby=title_id.get_value()
            aria-describedby=move || description.read().is_some().then(|| text_id.get_value())
            on:mousedown=close_by_scrim
            on:keydown=keep_locked
            on:cancel=move |event: Event| if locked.get_untracked() { event.prevent_default() }
            on:close=move |_| open.set(false)
        >
            {move || shown.get().then(&content)}
        </dialog>
    }
}

/// Opens and closes the element as the signal says.
fn follow(open: RwSignal<bool>, dialog: NodeRef<html::Dialog>) {
    Effect::new(move || {
        let wanted = open.get();
        let Some(dialog) = dialog.get() else { return };
        if !wanted {
            dialog.close();
            return;
        }
        // The content is on the page after the next tick; the browser then focuses the first control of it.
        spawn_local(async move {
            tick().await;
            if !dialog.open() && dialog.is_connected() {
                // Refused only for a dialog that is open already or left the page.
                let _ = dialog.show_modal();
            }
        });
    });
}
