//! The editor that stands over a cell.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;
use models::id::ProjectId;
use wasm_bindgen::JsCast;

use super::drafts::{Drafts, Place};
use crate::features::runs::part::Part;
use crate::queries;
use crate::ui::{Button, Emphasis, Icon, IconName, Size, Skeleton};
use crate::widgets::LabelPicker;

/// The field for a part of a run. Enter saves and Escape leaves it; a press beside it saves too.
#[component]
pub(crate) fn CellEditor(project: ProjectId, drafts: Drafts, place: Place) -> impl IntoView {
    let (run, part) = place;
    let known = RwSignal::new(drafts.text(place));
    let whole = queries::runs::get_when(move || known.read().is_none().then_some((project, run)));
    Effect::new(move || {
        if let Some(run) = whole.value.get().filter(|_| known.read_untracked().is_none()) {
            drafts.learn(place, &run);
            known.set(drafts.text(place));
        }
    });
    let failed = move || whole.error.get().filter(|_| known.read().is_none());
    let leave = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            drafts.cancel(place);
        }
    };
    view! {
        <div class="cell-editor" data-part=part.word() tabindex="-1" on:keydown=leave>
            {move || match (known.get(), failed()) {
                (Some(text), _) => view! { <Fields drafts place text/> }.into_any(),
                (None, Some(error)) => view! { <p class="cell-editor-mistake" role="alert">{error.to_string()}</p> }.into_any(),
                (None, None) => view! { <Skeleton count=2/> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Fields(drafts: Drafts, place: Place, text: String) -> impl IntoView {
    let typed = RwSignal::new(text);
    let form = NodeRef::<html::Form>::new();
    let save = move || drafts.save(place, typed.get_untracked());
    let mistake = Signal::derive(move || drafts.mistake(place));
    save_when_left(form, save);
    let (_, part) = place;
    let press = move |event: KeyboardEvent| {
        // Enter also ends what an input method composes.
        let is_enter = event.key() == "Enter" && !event.is_composing();
        let ends = match part {
            Part::Name => event.key() == "Tab",
            Part::Labels => false,
            Part::Note => is_enter && !event.shift_key(),
        };
        if ends {
            event.prevent_default();
            save();
        }
    };
    let field = match part {
        Part::Name => view! { <NameField typed mistake/> }.into_any(),
        Part::Labels => view! { <LabelPicker value=typed error=mistake/> }.into_any(),
        Part::Note => view! { <NoteField typed mistake/> }.into_any(),
    };
    let buttons = (part != Part::Name).then(|| {
        view! {
            <div class="cell-editor-foot">
                <Button size=Size::Small emphasis=Emphasis::Primary submit=true>"Save"</Button>
                <Button size=Size::Small on_click=move |_| drafts.cancel(place)>"Cancel"</Button>
                {(part == Part::Note).then(|| view! { <span class="small faint">"Enter saves, Shift+Enter begins a line."</span> })}
            </div>
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        save();
    };
    view! { <form novalidate node_ref=form on:submit=submit on:keydown=press>{field} {buttons}</form> }
}

#[component]
fn NameField(typed: RwSignal<String>, mistake: Signal<Option<String>>) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    view! {
        <input
            class="input"
            aria-label="Name of the run"
            autocomplete="off"
            node_ref=field
            aria-invalid=move || mistake.read().is_some().then_some("true")
            on:focus=move |_| if let Some(field) = field.get_untracked() { field.select() }
            bind:value=typed
        />
        <Mistake mistake/>
    }
}

#[component]
fn NoteField(typed: RwSignal<String>, mistake: Signal<Option<String>>) -> impl IntoView {
    view! {
        <textarea
            class="input"
            aria-label="Note about the run, in Markdown"
            rows="5"
            aria-invalid=move || mistake.read().is_some().then_some("true")
            bind:value=typed
        ></textarea>
        <Mistake mistake/>
    }
}

#[component]
fn Mistake(mistake: Signal<Option<String>>) -> impl IntoView {
    view! {
        <p class="cell-editor-mistake" role="alert">
            {move || mistake.get().map(|mistake| view! { <Icon name=IconName::Alert/> <span>{mistake}</span> })}
        </p>
    }
}

/// Saves when something else on the page is pressed or gets the focus. Leaving the window saves nothing.
fn save_when_left(form: NodeRef<html::Form>, save: impl Fn() + Copy + 'static) {
    let is_beside = move |target: Option<web_sys::EventTarget>| {
        let target = target.and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let form = form.try_get_untracked().flatten();
        form.zip(target).is_some_and(|(form, target)| !form.contains(Some(&target)) && target.is_connected())
    };
    let pressed = window_event_listener(leptos::ev::pointerdown, move |event| {
        if is_beside(event.target()) {
            save();
        }
    });
    let focused = window_event_listener(leptos::ev::focusin, move |event| {
        // Where the focus comes from tells the first one, which comes to the form, from the last.
        let is_from_here = event.related_target().is_some() && !is_beside(event.related_target());
        if is_from_here && is_beside(event.target()) {
            save();
        }
    });
    on_cleanup(move || {
        pressed.remove();
        focused.remove();
    });
}
