//! What people noted about the run, and changing it.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::permission::Action;
use models::problem::FieldErrors;
use models::run::{Run, RunPatch};

use crate::queries;
use crate::ui::{Button, Dialog, DialogWidth, Field, IconName, Panel, Size, TextArea};
use crate::widgets::{EditForm, FormErrors, Markdown, MarkdownPreview, differences, why_not};

/// The note as its author meant it, with a button that changes it. Where there is none and none may be written, nothing.
#[component]
pub(super) fn RunNote(project: ProjectId, #[prop(into)] run: Signal<Arc<Run>>) -> impl IntoView {
    let document = Memo::new(move |_| run.read().note_document.clone());
    let is_noted = Memo::new(move |_| !document.read().is_empty());
    let reason = why_not(project, Action::EditRuns);
    let is_shown = Memo::new(move |_| is_noted.get() || reason.read().is_none());
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
    let edit = move || {
        let words = move || if is_noted.get() { "Edit the note" } else { "Add a note" };
        view! {
            <Button size=Size::Small icon=IconName::Edit disabled_reason=reason on_click=move |_| open.set(true)>{words}</Button>
        }
    };
    view! {
        <Show when=move || is_shown.get()>
            <Panel title="Note" actions=edit>
                <Show
                    when=move || is_noted.get()
                    fallback=|| view! { <p class="muted">"What should others know about this run?"</p> }
                >
                    <Markdown document/>
                </Show>
            </Panel>
        </Show>
        <Dialog open title="Note about the run" width=DialogWidth::Wide locked=busy>
            <NoteForm project run open busy/>
        </Dialog>
    }
}

#[component]
fn NoteForm(
    project: ProjectId,
    run: Signal<Arc<Run>>,
    open: RwSignal<bool>,
    busy: RwSignal<bool>,
) -> impl IntoView {
    let seen = RwSignal::new(run.get_untracked());
    let typed = RwSignal::new(seen.read_untracked().note.clone());
    let change = queries::runs::change();
    let errors = FormErrors::of(change);
    let submit = move |()| {
        if let Some(patch) = errors.check(Draft(typed.get_untracked())) {
            let (id, version) = seen.with_untracked(|seen| (seen.run_id, seen.version));
            change.dispatch_local((project, id, version, patch));
        }
    };
    view! {
        <EditForm
            latest=run
            seen
            version=|run: &Run| run.version
            changes
            change
            errors
            shown=&["note"]
            open
            busy
            on_take=move |()| typed.set(seen.read_untracked().note.clone())
            on_submit=submit
        >
            <div class="run-note-form">
                <Field
                    label="Note"
                    optional=true
                    hint=Some("Markdown: headings, lists, links, tables, code. MLflow shows it as the description.".to_owned())
                    error=errors.at("note")
                >
                    <TextArea value=typed rows=10/>
                </Field>
                <section class="run-note-preview" aria-label="Preview of the note">
                    <MarkdownPreview text=typed><p class="small faint">"Nothing is written yet."</p></MarkdownPreview>
                </section>
            </div>
        </EditForm>
    }
}

/// What was typed.
struct Draft(String);

impl TryFrom<Draft> for RunPatch {
    type Error = FieldErrors;

    fn try_from(Draft(note): Draft) -> Result<Self, FieldErrors> {
        let note = if note.trim().is_empty() { String::new() } else { note };
        let note = note.parse().map_err(|error| FieldErrors::at("note", error))?;
        Ok(Self { note: Some(note), ..Self::default() })
    }
}

/// What differs between two versions, in sentences.
fn changes(before: &Run, now: &Run) -> Vec<String> {
    differences([
        ("note", before.note.clone(), now.note.clone()),
        ("name", before.name.clone(), now.name.clone()),
    ])
}
