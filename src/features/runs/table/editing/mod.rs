//! Editing a run in its row: its name, its labels and its note.

mod cell_editor;
mod drafts;
mod part;

pub(super) use drafts::{Drafts, Shown};
pub(super) use part::{Part, labels_of};
