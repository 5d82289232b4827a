//! Editing a run in its row: its name, its labels and its note.

mod cell_editor;
mod drafts;

pub(super) use cell_editor::CellEditor;
pub(super) use drafts::{Drafts, Editable, Place, Shown};
