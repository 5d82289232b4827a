//! A table whose cells are edited in their place.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::ui::table::{Cell, Column, EditRequest, Editing, RowView, TableModel, VirtualTable};

const NAMES: [&str; 3] = ["amber-falcon", "quiet-lake", "swift-birch"];

/// Runs whose notes are edited: with F2 or Enter, a double click, or the pencil.
#[component]
pub(super) fn EditedTable() -> impl IntoView {
    let notes = RwSignal::new(["the baseline", "", "twice the data"].map(str::to_owned));
    let editing = RwSignal::new(None::<usize>);
    let href = |row: usize| format!("/gallery?run={row}");
    let row = Callback::new(move |row: usize| {
        let note = notes.read().get(row).cloned().unwrap_or_default();
        let name = NAMES.get(row).copied().unwrap_or_default().to_owned();
        let note = if note.is_empty() { Cell::Missing } else { Cell::Text(note) };
        let cells = vec![Cell::Link { text: name, href: href(row), mark: None }, note];
        RowView::Row { cells, href: Some(href(row)), selected: false, current: false, level: 0 }
    });
    let columns = vec![
        Column { pinned: true, ..Column::new("run", "Run") },
        Column { width: 240.0, editable: true, ..Column::new("note", "Note") },
    ];
    let editor = move |row: usize| Editing {
        href: href(row),
        column: "note".to_owned(),
        label: format!("Edit the note of {}", NAMES.get(row).copied().unwrap_or_default()),
        view: (move || view! { <NoteInput notes row editing/> }).into(),
    };
    let model = TableModel {
        on_edit: Some(Callback::new(move |asked: EditRequest| editing.set(Some(asked.row)))),
        editing: Signal::derive(move || editing.get().map(editor)),
        ..TableModel::new(Signal::stored(NAMES.len()), Signal::stored(columns), row)
    };
    view! { <VirtualTable caption="Runs with notes" model/> }
}

#[component]
fn NoteInput(notes: RwSignal<[String; 3]>, row: usize, editing: RwSignal<Option<usize>>) -> impl IntoView {
    let typed = RwSignal::new(notes.read_untracked().get(row).cloned().unwrap_or_default());
    let press = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            notes.update(|notes| {
                notes.iter_mut().skip(row).take(1).for_each(|note| *note = typed.get_untracked())
            });
            editing.set(None);
        }
        "Escape" => editing.set(None),
        _ => {}
    };
    view! { <input class="input" aria-label="Note" autocomplete="off" bind:value=typed on:keydown=press/> }
}
