//! The editor that stands over a cell.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;
use models::id::ProjectId;
use models::permission::Action;
use wasm_bindgen::JsCast;

use super::drafts::{Drafts, Place};
use crate::features::runs::part::Part;
use crate::queries;
use crate::ui::{Button, Emphasis, Icon, IconName, Size, Skeleton};
use crate::widgets::{LabelPicker, why_not};

/// The field for a part of a run. Enter saves and Escape leaves it; a press beside it saves too.
#[component]
pub(crate) fn CellEditor(project: ProjectId, drafts: Drafts, place: Place) -> impl IntoView {
    let (run, part) = place;
    let editor = NodeRef::<html::Div>::new();
    let known = RwSignal::new(drafts.text(place));
    let whole = queries::runs::get_when(move || known.read().is_none().then_some((project, run)));
    Effect::new(move || {
        if let Some(run) = whole.value.get().filter(|_| known.read_untracked().is_none()) {
            drafts.learn(place, &run);
            known.set(drafts.text(place));
        }
    });
    let forbidden = why_not(project, Action::EditRuns);
    let reason = Memo::new(move |_| {
        let failed = || whole.error.get().filter(|_| known.read().is_none());
        forbidden.get().or_else(|| failed().map(|error| error.to_string()))
    });
    let leave = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            drafts.cancel(place);
        }
    };
    view! {
        <div class="cell-editor" data-part=part.word() tabindex="-1" node_ref=editor on:keydown=leave>
            {move || match (reason.get(), known.get()) {
                (Some(reason), _) => view! { <Refusal editor reason drafts place/> }.into_any(),
                (None, Some(text)) => view! { <Fields editor drafts place text/> }.into_any(),
                (None, None) => view! { <Skeleton count=2/> }.into_any(),
            }}
        </div>
    }
}

/// Why the cell cannot be edited.
#[component]
fn Refusal(editor: NodeRef<html::Div>, reason: String, drafts: Drafts, place: Place) -> impl IntoView {
    let close = move || drafts.cancel(place);
    when_left(editor, close);
    view! {
        <p class="cell-editor-mistake" role="alert"><Icon name=IconName::Alert/> <span>{reason}</span></p>
        <div class="cell-editor-foot">
            <Button size=Size::Small on_click=move |_| close()>"Close"</Button>
        </div>
    }
}

#[component]
fn Fields(editor: NodeRef<html::Div>, drafts: Drafts, place: Place, text: String) -> impl IntoView {
    let typed = RwSignal::new(text);
    let save = move || drafts.save(place, typed.get_untracked());
    let mistake = Signal::derive(move || drafts.mistake(place));
    when_left(editor, save);
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
    view! { <form novalidate on:submit=submit on:keydown=press>{field} {buttons}</form> }
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

/// Runs `act` when something else on the page is pressed or gets the focus, but not when the window is left.
fn when_left(inside: NodeRef<html::Div>, act: impl Fn() + Copy + 'static) {
    let is_beside = move |target: Option<web_sys::EventTarget>| {
        let target = target.and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let inside = inside.try_get_untracked().flatten();
        inside
            .zip(target)
            .is_some_and(|(inside, target)| !inside.contains(Some(&target)) && target.is_connected())
    };
    let pressed = window_event_listener(leptos::ev::pointerdown, move |event| {
        if is_beside(event.target()) {
            act();
        }
    });
    let focused = window_event_listener(leptos::ev::focusin, move |event| {
        // Where the focus comes from tells the first one, which comes to the field, from the last.
        let is_from_here = event.related_target().is_some() && !is_beside(event.related_target());
        if is_from_here && is_beside(event.target()) {
            act();
        }
    });
    on_cleanup(move || {
        pressed.remove();
        focused.remove();
    });
}
