//! What people noted about the run, and changing it.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::permission::Action;
use models::run::Run;

use super::edit::EditPart;
use crate::features::runs::part::Part;
use crate::ui::{Button, DialogWidth, Field, IconName, Panel, Size, TextArea};
use crate::widgets::{Markdown, MarkdownPreview, why_not};

/// The note as its author meant it, with a button that changes it. Where there is none and none may be written, nothing.
#[component]
pub(super) fn RunNote(project: ProjectId, #[prop(into)] run: Signal<Arc<Run>>) -> impl IntoView {
    let document = Memo::new(move |_| run.read().note_document.clone());
    let is_noted = Memo::new(move |_| !document.read().is_empty());
    let reason = why_not(project, Action::EditRuns);
    let is_shown = Memo::new(move |_| is_noted.get() || reason.read().is_none());
    let open = RwSignal::new(false);
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
        <EditPart project run part=Part::Note title="Note about the run" width=DialogWidth::Wide open field/>
    }
}

fn field(typed: RwSignal<String>, error: Signal<Option<String>>) -> AnyView {
    view! {
        <div class="run-note-form">
            <Field
                label="Note"
                optional=true
                hint=Some("Markdown: headings, lists, links, tables, code. MLflow shows it as the description.".to_owned())
                error
            >
                <TextArea value=typed rows=10/>
            </Field>
            <section class="run-note-preview" aria-label="Preview of the note">
                <MarkdownPreview text=typed><p class="small faint">"Nothing is written yet."</p></MarkdownPreview>
            </section>
        </div>
    }
    .into_any()
}
